package io.heddle.simulator.client;

import io.heddle.simulator.core.Timer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The beat of a group member: when to send a heartbeat, and when the application has not polled for
 * too long. The part of kafka-clients' heartbeat thread that deals with time.
 */
final class Heartbeats {
  private final ClientLink link;
  private final long intervalNanos;
  private final long maxPollNanos;
  private final long retryNanos;
  private final Backoff backoff;
  private final BooleanSupplier send;
  private final Runnable pollTooLate;
  private @Nullable Timer timer;
  private boolean prepared;
  private boolean running;
  private boolean inFlight;
  private long lastPollNanos;
  private long failures;

  /**
   * Those of a member that has not joined yet.
   *
   * @param send sends one, unless the coordinator is not known and is looked for instead
   */
  Heartbeats(
      ClientLink link, ConsumerSettings settings, BooleanSupplier send, Runnable pollTooLate) {
    this.link = link;
    this.intervalNanos = settings.group().heartbeatNanos();
    this.maxPollNanos = settings.group().maxPollNanos();
    this.retryNanos = settings.times().retryBackoffNanos();
    this.backoff = link.backoff(settings.times());
    this.send = send;
    this.pollTooLate = pollTooLate;
    this.lastPollNanos = link.now();
  }

  void polled() {
    lastPollNanos = link.now();
  }

  /** The group is joined, for which kafka-clients starts a thread that will send heartbeats. */
  void prepare() {
    prepared = true;
  }

  /**
   * The member has done everything else that closing it takes. In kafka-clients the end of the
   * thread is waited for, which an interrupted thread cannot do.
   */
  void close() {
    if (prepared) {
      link.throwIfInterrupted();
    }
  }

  void start() {
    if (!running) {
      running = true;
      inFlight = false;
      arm(intervalNanos);
    }
  }

  void stop() {
    running = false;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void arm(long delayNanos) {
    if (timer != null) {
      timer.cancel();
    }
    long pollDeadline = lastPollNanos + maxPollNanos - link.now();
    timer = link.later(Math.max(0, Math.min(delayNanos, pollDeadline)), this::beat);
  }

  private void beat() {
    if (!running) {
      return;
    }
    if (link.now() - lastPollNanos >= maxPollNanos) {
      pollTooLate.run();
      return;
    }
    boolean sent = inFlight || send.getAsBoolean();
    if (running) {
      // Without a coordinator, kafka-clients' heartbeat thread looks again after the same time
      // each.
      arm(sent ? intervalNanos : retryNanos);
    }
  }

  /**
   * Does something when kafka-clients' heartbeat thread looks after the network next, which it does
   * while there are heartbeats; at the latest then, for a poll does so, too.
   */
  void onNextLook(Runnable action) {
    if (running) {
      var unused =
          link.later(
              retryNanos,
              () -> {
                if (running) {
                  action.run();
                }
              });
    }
  }

  void sent() {
    inFlight = true;
  }

  void answered() {
    inFlight = false;
  }

  /** No answer has come, and none will. */
  void unanswered() {
    answered();
    failed();
  }

  /** An answer that says that all is well. */
  void received() {
    failures = 0;
    if (running) {
      arm(intervalNanos);
    }
  }

  /** The next one does not wait as long as after an answer, but for longer after each failure. */
  void failed() {
    if (running) {
      arm(backoff.nanos(failures));
    }
    failures++;
  }
}
