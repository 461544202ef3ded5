package io.heddle.simulator.client;

import io.heddle.simulator.choice.Choices;

/**
 * How long a client waits before it tries again (KIP-580): {@code retry.backoff.ms}, twice as long
 * each time, a fifth less or more by chance, and {@code retry.backoff.max.ms} at most. If it has no
 * room to grow, it waits for the smaller of the two, to the millisecond. Where kafka-clients waits
 * for {@code retry.backoff.ms} however often it has tried, this is not used. kafka-clients draws
 * anew whenever it looks whether the time has come; here each wait is drawn once.
 */
final class Backoff {
  private static final long MILLI = 1_000_000;
  // The factor goes from 0.8 up to, but not including, 1.2. The plainest draw is 1.
  private static final int STEPS = 4_000;
  private static final double STEP = 0.0001;
  private static final double LEAST = 0.8;
  private static final double MOST = 1.2;

  private final long firstMs;
  private final long maxMs;
  private final double doublings;
  private final Choices.Stream jitter;

  Backoff(ClientTimes times, Choices choices) {
    long configuredMs = times.retryBackoffNanos() / MILLI;
    this.maxMs = times.retryBackoffMaxNanos() / MILLI;
    this.firstMs = Math.min(configuredMs, maxMs);
    this.doublings =
        maxMs > configuredMs
            ? StrictMath.log(maxMs / (double) Math.max(configuredMs, 1)) / StrictMath.log(2)
            : 0;
    this.jitter = choices.stream("client.backoff");
  }

  /** How long to wait now, in nanoseconds; 0 is the exponent of the first wait. */
  long nanos(long exponent) {
    if (firstMs == 0 || doublings == 0) {
      return firstMs * MILLI;
    }
    long drawn = (jitter.below(STEPS) + STEPS / 2) % STEPS;
    return millis(exponent, LEAST + drawn * STEP) * MILLI;
  }

  /** What no wait with that exponent is longer than, in nanoseconds. */
  long longestNanos(long exponent) {
    return doublings == 0 ? firstMs * MILLI : millis(exponent, MOST) * MILLI;
  }

  private long millis(long exponent, double factor) {
    double middle = firstMs * StrictMath.pow(2, Math.min((double) exponent, doublings));
    return Math.min((long) (factor * middle), maxMs);
  }
}
