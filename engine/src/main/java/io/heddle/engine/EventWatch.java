package io.heddle.engine;

import org.jspecify.annotations.Nullable;

/**
 * What is noted of an event that is watched, because it is under a deadline or its times are
 * sampled. Whoever has the event may write, and the event's phase hands that on.
 */
final class EventWatch {
  private final boolean timed;
  private long markNanos;
  private int turns;
  private int seenTurn;
  private long seenNanos;

  /**
   * For an event that is polled or begun now.
   *
   * @param timed whether its times are sampled
   */
  EventWatch(boolean timed, long nowNanos) {
    this.timed = timed;
    this.markNanos = nowNanos;
  }

  /** What is to be noted of the event of this offset, if anything. */
  static @Nullable EventWatch of(Engine engine, long offset, long nowNanos) {
    boolean timed = engine.observatory().samples(offset);
    return timed || !engine.config().patience().jobDeadline().isZero()
        ? new EventWatch(timed, nowNanos)
        : null;
  }

  boolean isTimed() {
    return timed;
  }

  /** A stage ends, and the next one begins. */
  void lap(LatencyHistogram stage, long nowNanos) {
    stage.record(nowNanos - markNanos);
    markNanos = nowNanos;
  }

  /** Another asynchronous part begins. */
  void turn() {
    turns++;
  }

  /** Whether the part that goes on now did so that long ago already. Strand only. */
  boolean hasTakenLongerThan(long limitNanos, long nowNanos) {
    if (seenTurn != turns) {
      seenTurn = turns;
      seenNanos = nowNanos;
    }
    return nowNanos - seenNanos >= limitNanos;
  }
}
