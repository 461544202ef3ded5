package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the application asks of topics, whether it reads them or not. */
final class TopicCalls {
  private static final String TIMED_OUT = "Timeout expired while fetching topic metadata";

  private final ConsumerCore<?, ?> core;
  private final ConsumerGuard guard;

  TopicCalls(ConsumerCore<?, ?> core, ConsumerGuard guard) {
    this.core = core;
    this.guard = guard;
  }

  List<PartitionInfo> partitionsFor(@Nullable String topic, @Nullable Duration timeout) {
    return guard.entered(() -> partitions(topic, orDefault(timeout)));
  }

  Map<String, List<PartitionInfo>> list(@Nullable Duration timeout) {
    return guard.entered(() -> all(orDefault(timeout)));
  }

  private Duration orDefault(@Nullable Duration timeout) {
    return timeout == null ? core.defaultTimeout() : timeout;
  }

  private List<PartitionInfo> partitions(@Nullable String topic, Duration timeout) {
    if (topic == null) {
      if (modern()) {
        throw new NullPointerException("the topic is null");
      }
      // kafka-clients asks, and the broker does not know what to make of it.
      throw new KafkaException(
          "Unexpected error fetching metadata for topic ",
          ErrorCode.UNKNOWN_SERVER_ERROR.exception());
    }
    core.cluster.want(List.of(topic));
    if (core.cluster.partitions(topic) == 0) {
      refuseToHurry(timeout);
      awaitTopic(topic, core.deadline(timeout));
    }
    return core.cluster.partitionInfo(topic);
  }

  /** Waits until the topic is known, or it is known that there is none. */
  private void awaitTopic(String topic, long deadlineNanos) {
    while (!isAnswered(topic)) {
      core.cluster.update();
      if (isAnswered(topic)) {
        return;
      }
      if (core.link.now() >= deadlineNanos) {
        throw new TimeoutException(TIMED_OUT);
      }
      core.link.awaitProgress(deadlineNanos);
    }
  }

  private boolean isAnswered(String topic) {
    return core.cluster.partitions(topic) > 0 || core.cluster.missing(topic);
  }

  private boolean modern() {
    return core.settings.group().consumerProtocol();
  }

  /** A consumer of the consumer protocol does not even ask if there is no time for an answer. */
  private void refuseToHurry(Duration timeout) {
    if (modern() && timeout.toMillis() == 0) {
      throw new TimeoutException();
    }
  }

  private Map<String, List<PartitionInfo>> all(Duration timeout) {
    refuseToHurry(timeout);
    BlockingLookup<MetadataResponse> lookup =
        BlockingLookup.patient(core.link, core.settings.times());
    MetadataResponse found =
        lookup.await(
            core.deadline(timeout),
            () -> true,
            (done, failed) ->
                core.link.send(
                    core.cluster.anyBroker(),
                    new MetadataRequest(List.of(), true),
                    MetadataResponse.class,
                    core.settings.times().requestTimeoutNanos(),
                    done,
                    () -> failed.accept(DisconnectException.INSTANCE)),
            TIMED_OUT);
    Map<String, List<PartitionInfo>> topics = new TreeMap<>();
    found
        .topics()
        .forEach(
            topic ->
                topics.put(
                    Objects.requireNonNull(topic.name()),
                    ClusterView.partitionInfo(topic, found.brokers())));
    return topics;
  }
}
