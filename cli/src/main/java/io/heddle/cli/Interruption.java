package io.heddle.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C. A command that can end early with a report is given a while to write it. */
final class Interruption {
  /** How long a command may take to end early. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile boolean graceful;

  /** The command at work looks at {@link #requested()} now and then. */
  void endsEarly() {
    graceful = true;
  }

  /** Whether the user wants the program to end. */
  boolean requested() {
    return requested;
  }

  /** Everything is written. */
  void done() {
    over.countDown();
  }

  /** Asks for the end, and waits for it where that is of use; false if all was over before. */
  boolean request() throws InterruptedException {
    if (over.getCount() == 0) {
      return false;
    }
    requested = true;
    if (graceful) {
      var unused = over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return true;
  }
}
