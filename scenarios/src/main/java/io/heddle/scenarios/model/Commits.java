package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a member commits.
 *
 * @param every scenario time between two commits
 * @param timeout how long one may take when a partition is revoked or the member closes; else as
 *     long as the consumer's {@code default.api.timeout.ms}, where that is said
 * @param attempts how many may fail in a row before the member stops; else as many as it takes
 * @param backoff how long it is waited after one that failed
 * @param metadataBytes how much of a commit's metadata may name what is complete behind a gap
 */
public record Commits(
    Duration every,
    Optional<Duration> timeout,
    OptionalInt attempts,
    Backoff backoff,
    int metadataBytes) {
  private static final int MOST_METADATA = 1 << 20;

  /** The time after a first failure where nothing is said of it: the engine's own. */
  public static final Duration BACKOFF = Duration.ofMillis(100);

  /** Twice a second; metadata as long as Kafka's brokers take it. */
  public static final Commits DEFAULT =
      new Commits(
          Duration.ofMillis(500),
          Optional.empty(),
          OptionalInt.empty(),
          Backoff.of(BACKOFF),
          4_096);

  /** Refuses an interval or a time of nothing, and more metadata than any broker takes. */
  public Commits {
    Require.positive("every", every);
    timeout.ifPresent(time -> Require.positive("timeout", time));
    attempts.ifPresent(most -> Require.between("attempts", most, 1, 1_000_000));
    Require.that(
        metadataBytes >= 0 && metadataBytes <= MOST_METADATA,
        "metadata must be at most "
            + Units.formatBytes(MOST_METADATA)
            + ", was "
            + Units.formatBytes(metadataBytes));
  }

  /** The same at another distance. */
  public Commits withEvery(Duration value) {
    return new Commits(value, timeout, attempts, backoff, metadataBytes);
  }

  /** The same with so much metadata. */
  public Commits withMetadataBytes(int value) {
    return new Commits(every, timeout, attempts, backoff, value);
  }
}
