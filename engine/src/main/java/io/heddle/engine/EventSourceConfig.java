package io.heddle.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of an {@link EventSource}. Immutable; every field is checked when it is built.
 *
 * @param topics the topics to consume, at least one, each once
 * @param commitInterval how often completed offsets are committed, positive
 * @param commitTimeout how long a commit on revocation or close may take, positive
 * @param pollTimeout how long one poll may wait for records, positive
 * @param maxPollInterval the consumer's {@code max.poll.interval.ms}, which a drain must not
 *     outlast
 * @param flow how much of a partition may be in flight
 * @param patience how long it is waited for what may never come
 * @param drainTimeout how long a revocation or a stop may wait for work, zero or more
 * @param drainPolicy which work a revocation or a stop waits for
 * @param onFailure what to do about failures, for each stage
 * @param typeHeader the record header that names the event type, not blank
 * @param commitMetadataBytes how much of a commit's metadata may be used to name what is complete
 *     behind a gap, so that a restart does not repeat it: zero for none, at most what the broker's
 *     {@code offset.metadata.max.bytes} allows; not used by exactly-once delivery
 * @param exactlyOnce the settings of exactly-once delivery, or nothing for at-least-once
 */
public record EventSourceConfig(
    List<String> topics,
    Duration commitInterval,
    Duration commitTimeout,
    Duration pollTimeout,
    Duration maxPollInterval,
    FlowLimits flow,
    Patience patience,
    Duration drainTimeout,
    DrainPolicy drainPolicy,
    Map<FailureStage, FailureHandling> onFailure,
    String typeHeader,
    int commitMetadataBytes,
    Optional<ExactlyOnceConfig> exactlyOnce) {

  /** The record header that names the event type unless something else is said. */
  public static final String DEFAULT_TYPE_HEADER = "__grt__";

  /** Checks and copies. */
  public EventSourceConfig {
    topics = List.copyOf(topics);
    checkTopics(topics);
    Checks.positive(commitInterval, "commitInterval");
    Checks.positive(commitTimeout, "commitTimeout");
    Checks.positive(pollTimeout, "pollTimeout");
    Checks.positive(maxPollInterval, "maxPollInterval");
    Objects.requireNonNull(flow, "flow");
    Objects.requireNonNull(patience, "patience");
    Checks.notNegative(drainTimeout, "drainTimeout");
    Checks.atLeast(0, commitMetadataBytes, "commitMetadataBytes");
    Objects.requireNonNull(drainPolicy, "drainPolicy");
    onFailure = Collections.unmodifiableMap(new EnumMap<>(onFailure));
    FailurePolicies.check(onFailure);
    if (typeHeader.isBlank()) {
      throw new IllegalArgumentException(
          "typeHeader must not be blank, was '%s'".formatted(typeHeader));
    }
    if (pollTimeout.compareTo(maxPollInterval) >= 0) {
      throw new IllegalArgumentException(
          "pollTimeout must be shorter than maxPollInterval (%s), was %s"
              .formatted(maxPollInterval, pollTimeout));
    }
    Objects.requireNonNull(exactlyOnce, "exactlyOnce");
    if (exactlyOnce.isPresent()) {
      FailurePolicies.checkForTransactions(onFailure);
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
        FlowLimits.defaults(),
        Patience.defaults(),
        Duration.ofSeconds(30),
        DrainPolicy.STARTED,
        FailurePolicies.defaults(),
        DEFAULT_TYPE_HEADER,
        4096,
        Optional.empty());
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
        flow,
        patience,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
  }

  /** This, with another {@code commitTimeout}. */
  public EventSourceConfig withCommitTimeout(Duration value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        value,
        pollTimeout,
        maxPollInterval,
        flow,
        patience,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
  }

  /** This, with another {@code pollTimeout}. */
  public EventSourceConfig withPollTimeout(Duration value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        value,
        maxPollInterval,
        flow,
        patience,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
  }

  /** This, with another {@code maxPollInterval}. */
  public EventSourceConfig withMaxPollInterval(Duration value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        value,
        flow,
        patience,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
  }

  /** This, with another {@code flow}. */
  public EventSourceConfig withFlow(FlowLimits value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        value,
        patience,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
  }

  /** This, with another {@code patience}. */
  public EventSourceConfig withPatience(Patience value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        flow,
        value,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
  }

  /** This, with as many records in flight for each partition. */
  public EventSourceConfig withMaxInFlightPerPartition(int value) {
    return withFlow(flow.withMaxInFlight(value));
  }

  /** This, with another {@code drainTimeout}. */
  public EventSourceConfig withDrainTimeout(Duration value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        flow,
        patience,
        value,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
  }

  /** This, with another {@code drainPolicy}. */
  public EventSourceConfig withDrainPolicy(DrainPolicy value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        flow,
        patience,
        drainTimeout,
        value,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
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
        flow,
        patience,
        drainTimeout,
        drainPolicy,
        value,
        typeHeader,
        commitMetadataBytes,
        exactlyOnce);
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
        flow,
        patience,
        drainTimeout,
        drainPolicy,
        onFailure,
        value,
        commitMetadataBytes,
        exactlyOnce);
  }

  /** This, with another {@code commitMetadataBytes}. */
  public EventSourceConfig withCommitMetadataBytes(int value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        flow,
        patience,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        value,
        exactlyOnce);
  }

  /** This, delivering exactly once. */
  public EventSourceConfig withExactlyOnce(ExactlyOnceConfig value) {
    return new EventSourceConfig(
        topics,
        commitInterval,
        commitTimeout,
        pollTimeout,
        maxPollInterval,
        flow,
        patience,
        drainTimeout,
        drainPolicy,
        onFailure,
        typeHeader,
        commitMetadataBytes,
        Optional.of(value));
  }
}
