package io.heddle.scenarios.run;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A partition while a member has it, as the member's application sees it: whether it has been told
 * that it is over, and how many records it was handed and has not completed. Thread-safe; one
 * thread at a time polls, and one hands records over.
 */
final class Ownership {
  /** How many of the records since the log was last gone back in are in flight. Thread-safe. */
  static final class Count {
    private final AtomicInteger records = new AtomicInteger();

    int records() {
      return records.get();
    }

    /** One of them is complete. */
    void left() {
      records.decrementAndGet();
    }
  }

  private final String of;
  private volatile Count inFlight = new Count();
  private long lastPolled = -1;
  private long lastEntered = -1;
  private volatile boolean over;

  Ownership(String of) {
    this.of = of;
  }

  /** What it is an ownership of. */
  String of() {
    return of;
  }

  /** Nothing is in flight: what was, is not the owner's any more. */
  void beginsAnew() {
    inFlight = new Count();
  }

  /** Records with these offsets were polled: what is read again was dropped before. */
  void polled(long first, long last) {
    if (first <= lastPolled) {
      inFlight = new Count();
    }
    lastPolled = last;
  }

  /** A record of this offset is handed to the application; returns what counts it. */
  Count entered(long offset) {
    if (offset <= lastEntered) {
      inFlight = new Count();
    }
    lastEntered = offset;
    Count count = inFlight;
    count.records.incrementAndGet();
    return count;
  }

  Count inFlight() {
    return inFlight;
  }

  /** Nothing of it runs any more, says the engine. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }
}
