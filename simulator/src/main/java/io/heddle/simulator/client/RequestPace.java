package io.heddle.simulator.client;

/**
 * When the next of some requests may be sent, after kafka-clients' {@code RequestState}: a while
 * after the last one has ended, which grows while they fail. A wait is drawn when it is asked for,
 * unless it would be over in any case.
 */
final class RequestPace {
  private static final long NEVER = Long.MIN_VALUE;

  private final Backoff backoff;
  private long endedNanos = NEVER;
  private long exponent;
  private long failures;
  private long notBeforeNanos = NEVER;

  RequestPace(Backoff backoff) {
    this.backoff = backoff;
  }

  /** The next may be sent at once, and counts as the first. */
  void reset() {
    endedNanos = NEVER;
    failures = 0;
  }

  /** One has succeeded: the shortest wait follows even so. */
  void succeeded(long nowNanos) {
    failures = 0;
    ended(nowNanos, 0);
  }

  /** One has failed. */
  void failed(long nowNanos) {
    ended(nowNanos, failures++);
  }

  private void ended(long nowNanos, long nextExponent) {
    endedNanos = nowNanos;
    exponent = nextExponent;
    notBeforeNanos = NEVER;
  }

  /** When the next may be sent; may be past. */
  long notBefore(long nowNanos) {
    if (endedNanos == NEVER) {
      return NEVER;
    }
    if (notBeforeNanos == NEVER) {
      if (nowNanos - endedNanos >= backoff.longestNanos(exponent)) {
        return endedNanos;
      }
      notBeforeNanos = endedNanos + backoff.nanos(exponent);
    }
    return notBeforeNanos;
  }
}
