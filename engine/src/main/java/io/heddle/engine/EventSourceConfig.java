package io.heddle.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of an {@link EventSource}. Immutable; every field is checked when it is built.
 *
 * @param topics the topics to consume, at least one, each once
 * @param commitInterval how often completed offsets are committed, positive
 * @param commitTimeout how long a commit on revocation or close may take, positive
 * @param pollTimeout how long one poll may wait for records, positive
 * @param maxPollInterval the consumer's {@code max.poll.interval.ms}, which a drain must not
 *     outlast
 * @param maxInFlightPerPartition records of a partition polled and not complete before it is
 *     paused, at least 1
 * @param drainTimeout how long a revocation or a stop may wait for work, zero or more
 * @param drainPolicy which work a revocation or a stop waits for
 * @param onFailure what to do about failures, for each stage
 * @param typeHeader the record header that names the event type, not blank
 * @param commitMetadataBytes how much of a commit's metadata may be used to name what is complete
 *     behind a gap, so that a restart does not repeat it: zero for none, at most what the broker's
 *     {@code offset.metadata.max.bytes} allows
 */
public record EventSourceConfig(
    List<String> topics,
    Duration commitInterval,
    Duration commitTimeout,
    Duration pollTimeout,
    Duration maxPollInterval,
    int maxInFlightPerPartition,
    Duration drainTimeout,
    DrainPolicy drainPolicy,
    Map<FailureStage, FailureHandling> onFailure,
    String typeHeader,
    int commitMetadataBytes) {

  /** Checks and copies. */
  public EventSourceConfig {
    topics = List.copyOf(topics);
    checkTopics(topics);
    Checks.positive(commitInterval, "commitInterval");
    Checks.positive(commitTimeout, "commitTimeout");
    Checks.positive(pollTimeout, "pollTimeout");
    Checks.positive(maxPollInterval, "maxPollInterval");
    Checks.atLeast(1, maxInFlightPerPartition, "maxInFlightPerPartition");
    Checks.notNegative(drainTimeout, "drainTimeout");
    Checks.atLeast(0, commitMetadataBytes, "commitMetadataBytes");
    Objects.requireNonNull(drainPolicy, "drainPolicy");
    onFailure = Collections.unmodifiableMap(new EnumMap<>(onFailure));
    checkFailures(onFailure);
    if (typeHeader.isBlank()) {
      throw new IllegalArgumentException(
          "typeHeader must not be blank, was '%s'".formatted(typeHeader));
    }
    if (pollTimeout.compareTo(maxPollInterval) >= 0) {
      throw new IllegalArgumentException(
          "pollTimeout must be shorter than maxPollInterval (%s), was %s"
              .formatted(maxPollInterval, pollTimeout));
    }
  }

  /**
   * The defaults, for these topics. They lose nothing: what fails is tried ten times in about half
   * a minute, then a processor's failure goes to the finalizer, and any other stops the source.
   */
  public static EventSourceConfig of(String... topics) {
    return new EventSourceConfig(
        List.of(topics),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMillis(100),
        Duration.ofMinutes(5),
        10_000,
        Duration.ofSeconds(30),
        DrainPolicy.STARTED,
        defaultFailures(),
        "__grt__",
        4096);
  }

  private static Map<FailureStage, FailureHandling> defaultFailures() {
    Map<FailureStage, FailureHandling> handling = new EnumMap<>(FailureStage.class);
    Duration backoff = Duration.ofMillis(100);
    for (FailureStage stage : FailureStage.values()) {
      handling.put(
          stage,
          switch (stage) {
            case DECODE, HANDLER, FINALIZER -> FailureHandling.stop().withRetries(10, backoff);
            case PROCESSOR -> FailureHandling.toFinalizer().withRetries(10, backoff);
            // The producer has its own retries, which keep the order of what is sent.
            case PRODUCE -> FailureHandling.stop();
          });
    }
    return handling;
  }

  private static void checkFailures(Map<FailureStage, FailureHandling> onFailure) {
    for (FailureStage stage : FailureStage.values()) {
      FailureHandling handling = onFailure.get(stage);
      if (handling == null) {
        throw new IllegalArgumentException(
            "onFailure must name every stage, %s is missing".formatted(stage));
      }
      if (handling.then() == FailurePolicy.TO_FINALIZER && stage != FailureStage.PROCESSOR) {
        throw new IllegalArgumentException(
            "onFailure must be TO_FINALIZER for PROCESSOR only, was for %s".formatted(stage));
      }
    }
  }

  private static void checkTopics(List<String> topics) {
    if (topics.isEmpty()) {
      throw new IllegalArgumentException("topics must name at least one topic, was []");
    }
    if (topics.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("topics must not be blank, was " + topics);
    }
    if (new LinkedHashSet<>(topics).size() != topics.size()) {
      throw new IllegalArgumentException("topics must name each topic once, was " + topics);
    }
  }

  /** This, with another {@code commitInterval}. */
  public EventSourceConfig withCommitInterval(Duration value) {
    return new EventSourceConfig(
        topics,
        value,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        maxInFlightPerPartition,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes);
  }

  /** This, with another {@code commitTimeout}. */
  public EventSourceConfig withCommitTimeout(Duration value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        value,
        pollTimeout,
        maxPollInterval,
        maxInFlightPerPartition,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes);
  }

  /** This, with another {@code pollTimeout}. */
  public EventSourceConfig withPollTimeout(Duration value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        value,
        maxPollInterval,
        maxInFlightPerPartition,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes);
  }

  /** This, with another {@code maxPollInterval}. */
  public EventSourceConfig withMaxPollInterval(Duration value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        value,
        maxInFlightPerPartition,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes);
  }

  /** This, with another {@code maxInFlightPerPartition}. */
  public EventSourceConfig withMaxInFlightPerPartition(int value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        value,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes);
  }

  /** This, with another {@code drainTimeout}. */
  public EventSourceConfig withDrainTimeout(Duration value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        maxInFlightPerPartition,
        value,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes);
  }

  /** This, with another {@code drainPolicy}. */
  public EventSourceConfig withDrainPolicy(DrainPolicy value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        maxInFlightPerPartition,
        drainTimeout,
        value,
        onFailure,
        typeHeader,
        commitMetadataBytes);
  }

  /** This, with another answer to failures of one stage. */
  public EventSourceConfig withOnFailure(FailureStage stage, FailureHandling value) {
    Map<FailureStage, FailureHandling> changed = new EnumMap<>(onFailure);
    changed.put(stage, value);
    return withOnFailure(changed);
  }

  private EventSourceConfig withOnFailure(Map<FailureStage, FailureHandling> value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        maxInFlightPerPartition,
        drainTimeout,
        drainPolicy,
        value,
        typeHeader,
        commitMetadataBytes);
  }

  /** The answer to failures of this stage. */
  public FailureHandling onFailure(FailureStage stage) {
    return Objects.requireNonNull(onFailure.get(stage), "stage");
  }

  /** This, with another {@code typeHeader}. */
  public EventSourceConfig withTypeHeader(String value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        maxInFlightPerPartition,
        drainTimeout,
        drainPolicy,
        onFailure,
        value,
        commitMetadataBytes);
  }

  /** This, with another {@code commitMetadataBytes}. */
  public EventSourceConfig withCommitMetadataBytes(int value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        maxInFlightPerPartition,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        value);
  }
}
