package io.heddle.engine;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
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
 * @param onDecodeFailure what to do when a decoder throws
 * @param onHandlerFailure what to do when a handler or finalizer throws or a forwarded record
 *     cannot be sent
 * @param typeHeader the record header that names the event type, not blank
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
    FailurePolicy onDecodeFailure,
    FailurePolicy onHandlerFailure,
    String typeHeader) {

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
    Objects.requireNonNull(drainPolicy, "drainPolicy");
    Objects.requireNonNull(onDecodeFailure, "onDecodeFailure");
    Objects.requireNonNull(onHandlerFailure, "onHandlerFailure");
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

  /** The defaults, for these topics. */
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
        FailurePolicy.STOP,
        FailurePolicy.STOP,
        "__grt__");
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
        onDecodeFailure,
        onHandlerFailure,
        typeHeader);
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
        onDecodeFailure,
        onHandlerFailure,
        typeHeader);
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
        onDecodeFailure,
        onHandlerFailure,
        typeHeader);
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
        onDecodeFailure,
        onHandlerFailure,
        typeHeader);
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
        onDecodeFailure,
        onHandlerFailure,
        typeHeader);
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
        onDecodeFailure,
        onHandlerFailure,
        typeHeader);
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
        onDecodeFailure,
        onHandlerFailure,
        typeHeader);
  }

  /** This, with another {@code onDecodeFailure}. */
  public EventSourceConfig withOnDecodeFailure(FailurePolicy value) {
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
        onHandlerFailure,
        typeHeader);
  }

  /** This, with another {@code onHandlerFailure}. */
  public EventSourceConfig withOnHandlerFailure(FailurePolicy value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        maxInFlightPerPartition,
        drainTimeout,
        drainPolicy,
        onDecodeFailure,
        value,
        typeHeader);
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
        onDecodeFailure,
        onHandlerFailure,
        value);
  }
}
