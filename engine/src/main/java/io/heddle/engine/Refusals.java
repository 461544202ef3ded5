package io.heddle.engine;

import java.time.Duration;

/**
 * How often in a row the group has refused this member since its {@code group.instance.id} was not
 * released, and since when. Immutable.
 *
 * @param count how often
 * @param sinceNanos when it was refused first; without meaning if it was not
 */
record Refusals(int count, long sinceNanos) {
  static final Refusals NONE = new Refusals(0, 0);
  private static final FailureHandling RETRIES =
      FailureHandling.stop()
          .withRetries(Integer.MAX_VALUE, Duration.ofMillis(500))
          .withMaxBackoff(Duration.ofSeconds(5));

  Refusals another(long nowNanos) {
    return new Refusals(count + 1, count == 0 ? nowNanos : sinceNanos);
  }

  /** Whether it is worth trying again; a limit of zero is none. */
  boolean areWithin(Duration limit, long nowNanos) {
    return limit.isZero() || nowNanos - sinceNanos < limit.toNanos();
  }

  /** How long to wait before the next attempt; {@code chance} is in [0, 1). */
  long backoffNanos(double chance) {
    return RETRIES.backoffNanos(count, chance);
  }
}
