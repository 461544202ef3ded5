package io.heddle.simulator.client;

import java.util.Collection;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the application calls to say which partitions it wants. */
final class SubscriptionCalls {
  private final ConsumerCore<?, ?> core;

  SubscriptionCalls(ConsumerCore<?, ?> core) {
    this.core = core;
  }

  void subscribe(Collection<String> topics, @Nullable ConsumerRebalanceListener listener) {
    core.group();
    notNull(topics, "Topic collection to subscribe to");
    if (topics.isEmpty()) {
      unsubscribe();
      return;
    }
    for (String topic : topics) {
      if (topic == null || topic.isBlank()) {
        throw new IllegalArgumentException(
            "Topic collection to subscribe to cannot contain null or empty topic");
      }
    }
    subscribed(core.subscriptions.subscribe(topics, listener));
    core.cluster.want(core.subscriptions.topics());
  }

  private void subscribed(boolean anew) {
    core.group().offsets().managed(true);
    core.group().member().subscribed(anew);
  }

  /** Whatever matches a pattern, which the client looks up itself. */
  void subscribe(Pattern pattern, @Nullable ConsumerRebalanceListener listener) {
    core.group();
    if (pattern == null || pattern.toString().isEmpty()) {
      throw new IllegalArgumentException(
          "Topic pattern to subscribe to cannot be " + (pattern == null ? "null" : "empty"));
    }
    core.subscriptions.subscribe(name -> pattern.matcher(name).matches(), listener);
    core.subscriptions.matched(core.cluster.topicNames(), false);
    subscribed(true);
    core.cluster.wantAll(true);
    core.cluster.renew();
  }

  /** Whatever matches a pattern, which the group's coordinator looks up. */
  void subscribe(SubscriptionPattern pattern, @Nullable ConsumerRebalanceListener listener) {
    if (!core.settings.group().consumerProtocol()) {
      throw new UnsupportedOperationException(
          "Subscribe to RE2/J pattern is not supported when using"
              + "the CLASSIC protocol defined in config group.protocol");
    }
    core.group();
    if (pattern == null || pattern.pattern().isEmpty()) {
      throw new IllegalArgumentException(
          "Topic pattern to subscribe to cannot be " + (pattern == null ? "null" : "empty"));
    }
    core.subscriptions.subscribeToRegex(pattern.pattern(), listener);
    subscribed(true);
  }

  void assign(Collection<TopicPartition> partitions) {
    notNull(partitions, "Topic partition collection to assign to");
    if (partitions.isEmpty()) {
      unsubscribe();
      return;
    }
    for (TopicPartition partition : partitions) {
      if (partition == null || partition.topic() == null || partition.topic().isBlank()) {
        throw new IllegalArgumentException(
            "Topic partitions to assign to cannot have null or empty topic");
      }
    }
    core.autoCommitIfDue();
    core.subscriptions.assign(partitions);
    core.metrics.fetches().settle();
    core.groupIfAny().ifPresent(parts -> parts.offsets().managed(false));
    core.cluster.want(partitions.stream().map(TopicPartition::topic).toList());
  }

  void unsubscribe() {
    core.groupIfAny().ifPresent(parts -> parts.member().unsubscribe());
    core.groupIfAny().ifPresent(parts -> parts.offsets().managed(false));
    core.subscriptions.unsubscribe();
    core.metrics.fetches().settle();
  }

  static void notNull(@Nullable Object argument, String what) {
    if (argument == null) {
      throw new IllegalArgumentException(what + " cannot be null");
    }
  }
}
