package io.heddle.simulator.client;

import io.heddle.simulator.protocol.CreateTopicsRequest;
import io.heddle.simulator.protocol.CreateTopicsResponse;
import io.heddle.simulator.protocol.DeleteTopicsRequest;
import io.heddle.simulator.protocol.DeleteTopicsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.MetadataResponse.TopicMetadata;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult.TopicMetadataAndConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.jspecify.annotations.Nullable;

/** An admin client's calls about topics and brokers. */
final class AdminTopics {
  private final AdminCalls calls;

  AdminTopics(AdminCalls calls) {
    this.calls = calls;
  }

  Map<String, AdminOutcome<TopicMetadataAndConfig>> create(
      Collection<NewTopic> topics, boolean validateOnly, @Nullable Integer timeoutMs) {
    Map<String, NewTopic> byName = new LinkedHashMap<>();
    for (NewTopic topic : CallerOrder.of(topics, NewTopic::name)) {
      if (!topicAssignments(topic).isEmpty()) {
        throw Refusal.notModelled("NewTopic with manual replica assignments");
      }
      byName.putIfAbsent(topic.name(), topic);
    }
    return named(
        List.copyOf(byName.keySet()),
        names ->
            calls.run(
                "createTopics",
                calls.deadline(timeoutMs),
                names,
                new AdminRoute.AnyBroker<>(),
                new AdminStep<>(
                    CreateTopicsResponse.class,
                    true,
                    keys ->
                        new CreateTopicsRequest(
                            keys.stream()
                                .map(key -> request(Objects.requireNonNull(byName.get(key))))
                                .toList(),
                            validateOnly),
                    (response, call) -> {
                      for (CreateTopicsResponse.TopicResult result : response.topics()) {
                        if (result.error() == ErrorCode.NONE) {
                          call.done(result.name(), created(result, byName.get(result.name())));
                        } else {
                          call.failed(result.name(), failure(result));
                        }
                      }
                    })));
  }

  private static Map<Integer, List<Integer>> topicAssignments(NewTopic topic) {
    Map<Integer, List<Integer>> assignments = topic.replicasAssignments();
    return assignments == null ? Map.of() : assignments;
  }

  private static CreateTopicsRequest.NewTopic request(NewTopic topic) {
    Map<String, String> configs = topic.configs();
    return new CreateTopicsRequest.NewTopic(
        topic.name(),
        topic.numPartitions(),
        topic.replicationFactor(),
        configs == null ? Map.of() : new LinkedHashMap<>(configs));
  }

  private static TopicMetadataAndConfig created(
      CreateTopicsResponse.TopicResult result, @Nullable NewTopic topic) {
    // The protocol's record does not tell the factor; one is the default of default.replication.
    int replicas = topic == null || topic.replicationFactor() < 0 ? 1 : topic.replicationFactor();
    return new TopicMetadataAndConfig(
        result.topicId(), result.partitions(), replicas, new Config(List.of()));
  }

  private static Throwable failure(CreateTopicsResponse.TopicResult result) {
    return result.errorMessage().isEmpty()
        ? result.error().exception()
        : result.error().exception(result.errorMessage());
  }

  Map<String, AdminOutcome<Void>> delete(Collection<String> topics, @Nullable Integer timeoutMs) {
    return named(
        topics,
        names ->
            calls.run(
                "deleteTopics",
                calls.deadline(timeoutMs),
                names,
                new AdminRoute.AnyBroker<>(),
                new AdminStep<>(
                    DeleteTopicsResponse.class,
                    true,
                    DeleteTopicsRequest::new,
                    (response, call) ->
                        response
                            .topics()
                            .forEach(
                                (topic, error) -> {
                                  if (error == ErrorCode.NONE) {
                                    call.done(topic, null);
                                  } else {
                                    call.failed(topic, error.exception());
                                  }
                                }))));
  }

  AdminOutcome<Map<String, TopicListing>> list(@Nullable Integer timeoutMs) {
    return calls
        .metadata(
            "listTopics", calls.deadline(timeoutMs), new MetadataRequest(List.of(), true, false))
        .map(
            response -> {
              Map<String, TopicListing> listings = new LinkedHashMap<>();
              for (TopicMetadata topic : Objects.requireNonNull(response).topics()) {
                listings.put(topic.name(), new TopicListing(topic.name(), topic.topicId(), false));
              }
              return listings;
            });
  }

  Map<String, AdminOutcome<TopicDescription>> describe(
      Collection<String> topics, @Nullable Integer timeoutMs) {
    return named(
        topics,
        names ->
            calls.run(
                "describeTopics",
                calls.deadline(timeoutMs),
                names,
                new AdminRoute.AnyBroker<>(),
                new AdminStep<>(
                    MetadataResponse.class,
                    true,
                    keys -> new MetadataRequest(keys, false, false),
                    (response, call) -> {
                      for (TopicMetadata topic : response.topics()) {
                        if (topic.error() == ErrorCode.NONE) {
                          call.done(topic.name(), description(topic, response.brokers()));
                        } else {
                          call.failed(topic.name(), topic.error().exception());
                        }
                      }
                    })));
  }

  private static TopicDescription description(TopicMetadata topic, List<Node> brokers) {
    List<TopicPartitionInfo> partitions =
        topic.partitions().stream()
            .map(
                partition -> {
                  Node leader = node(brokers, partition.leaderId());
                  List<Node> replicas = leader == null ? List.of() : List.of(leader);
                  return new TopicPartitionInfo(
                      partition.partition(), leader, replicas, replicas, List.of(), List.of());
                })
            .toList();
    return new TopicDescription(topic.name(), false, partitions, null, topic.topicId());
  }

  static @Nullable Node node(List<Node> brokers, int id) {
    return brokers.stream().filter(broker -> broker.id() == id).findFirst().orElse(null);
  }

  AdminOutcome<MetadataResponse> cluster(@Nullable Integer timeoutMs) {
    return calls.metadata(
        "describeCluster", calls.deadline(timeoutMs), new MetadataRequest(List.of(), false, false));
  }

  /** Makes a call for the names that a request can carry; the others fail without one. */
  private static <V> Map<String, AdminOutcome<V>> named(
      Collection<String> names,
      java.util.function.Function<Set<String>, Map<String, AdminOutcome<V>>> call) {
    Map<String, AdminOutcome<V>> outcomes = new LinkedHashMap<>();
    Set<String> representable = new LinkedHashSet<>();
    for (String name : CallerOrder.of(names, name -> name)) {
      if (name == null || name.isEmpty()) {
        outcomes.put(
            name,
            AdminOutcome.failed(
                new InvalidTopicException(
                    "The given topic name '" + name + "' cannot be represented in a request.")));
      } else {
        representable.add(name);
      }
    }
    if (!representable.isEmpty()) {
      outcomes.putAll(call.apply(representable));
    }
    return outcomes;
  }
}
