package io.heddle.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to failures of one {@link FailureStage}: how often and when it is tried again, and
 * what is done then. Immutable; every field is checked when it is built.
 *
 * <p>Who waits for another attempt holds no thread. A failed processor keeps its key, a failed
 * finalizer holds back the finalizers of its key, a failed handler holds back its partition's later
 * records: the order is kept.
 *
 * @param maxAttempts attempts in all, the first one included, at least 1
 * @param firstBackoff the time before the second attempt, positive
 * @param multiplier how much longer each further time is, 1 to 100
 * @param maxBackoff the longest time between two attempts before jitter, at least {@code
 *     firstBackoff}
 * @param jitter the share of the time by which it varies both ways, 0 to 1
 * @param then what to do when the last attempt has failed
 * @param deadLetterTopic where dead letters go; present exactly if {@code then} needs it
 */
public record FailureHandling(
    int maxAttempts,
    Duration firstBackoff,
    double multiplier,
    Duration maxBackoff,
    double jitter,
    FailurePolicy then,
    Optional<String> deadLetterTopic) {

  /** Checks. */
  public FailureHandling {
    Checks.atLeast(1, maxAttempts, "maxAttempts");
    Checks.positive(firstBackoff, "firstBackoff");
    Checks.within(1, 100, multiplier, "multiplier");
    Checks.positive(maxBackoff, "maxBackoff");
    Checks.within(0, 1, jitter, "jitter");
    Objects.requireNonNull(then, "then");
    Objects.requireNonNull(deadLetterTopic, "deadLetterTopic");
    if (maxBackoff.compareTo(firstBackoff) < 0) {
      throw new IllegalArgumentException(
          "maxBackoff must be at least firstBackoff (%s), was %s"
              .formatted(firstBackoff, maxBackoff));
    }
    if (deadLetterTopic.isPresent() != (then == FailurePolicy.DEAD_LETTER)) {
      throw new IllegalArgumentException(
          "deadLetterTopic must be given for DEAD_LETTER and for nothing else, was %s for %s"
              .formatted(deadLetterTopic, then));
    }
    if (deadLetterTopic.isPresent() && deadLetterTopic.get().isBlank()) {
      throw new IllegalArgumentException(
          "deadLetterTopic must not be blank, was '%s'".formatted(deadLetterTopic.get()));
    }
  }

  /** Stops the source at the first failure. */
  public static FailureHandling stop() {
    return once(FailurePolicy.STOP, Optional.empty());
  }

  /** Stops the partition at the first failure. */
  public static FailureHandling stopPartition() {
    return once(FailurePolicy.STOP_PARTITION, Optional.empty());
  }

  /** Skips the event at the first failure. */
  public static FailureHandling skip() {
    return once(FailurePolicy.SKIP, Optional.empty());
  }

  /** Sends the event's record to this topic at the first failure. */
  public static FailureHandling deadLetter(String topic) {
    return once(FailurePolicy.DEAD_LETTER, Optional.of(topic));
  }

  /** Hands the first failure of a processor to the finalizer. */
  public static FailureHandling toFinalizer() {
    return once(FailurePolicy.TO_FINALIZER, Optional.empty());
  }

  /**
   * This, after up to {@code attempts} attempts in all, at first {@code backoff} apart, each time
   * twice as long up to a hundred times that, and 20 % more or less.
   */
  public FailureHandling withRetries(int attempts, Duration backoff) {
    return new FailureHandling(
        attempts, backoff, 2, backoff.multipliedBy(100), 0.2, then, deadLetterTopic);
  }

  /** This, with times between attempts that vary by this share, 0 to 1. */
  public FailureHandling withJitter(double share) {
    return new FailureHandling(
        maxAttempts, firstBackoff, multiplier, maxBackoff, share, then, deadLetterTopic);
  }

  /** This, with this longest time between two attempts. */
  public FailureHandling withMaxBackoff(Duration longest) {
    return new FailureHandling(
        maxAttempts, firstBackoff, multiplier, longest, jitter, then, deadLetterTopic);
  }

  /** The nanoseconds to wait after so many failed attempts; {@code chance} is in [0, 1). */
  long backoffNanos(int failedAttempts, double chance) {
    // A power beyond the range of double is infinite, which the minimum takes care of.
    double exact =
        Math.min(
            (double) maxBackoff.toNanos(),
            firstBackoff.toNanos() * Math.pow(multiplier, failedAttempts - 1.0));
    return (long) (exact * (1 + jitter * (2 * chance - 1)));
  }

  private static FailureHandling once(FailurePolicy then, Optional<String> topic) {
    return new FailureHandling(
        1, Duration.ofMillis(100), 2, Duration.ofSeconds(10), 0.2, then, topic);
  }
}
