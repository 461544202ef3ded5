package io.heddle.simulator.client;

import io.heddle.simulator.protocol.CreateTopicsRequest;
import io.heddle.simulator.protocol.CreateTopicsResponse;
import io.heddle.simulator.protocol.DeleteTopicsRequest;
import io.heddle.simulator.protocol.DeleteTopicsResponse;
import io.heddle.simulator.protocol.DescribeClusterRequest;
import io.heddle.simulator.protocol.DescribeClusterResponse;
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
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.CreateTopicsResult.TopicMetadataAndConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
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
                          call.done(result.name(), created(result));
                        } else {
                          call.failed(result.name(), failure(result));
                        }
                      }
                    })));
  }

  private static CreateTopicsRequest.NewTopic request(NewTopic topic) {
    Map<String, String> configs = topic.configs();
    return new CreateTopicsRequest.NewTopic(
        topic.name(),
        topic.numPartitions(),
        topic.replicationFactor(),
        configs == null ? Map.of() : new LinkedHashMap<>(configs),
        new TreeMap<>(Objects.requireNonNullElse(topic.replicasAssignments(), Map.of())));
  }

  private static TopicMetadataAndConfig created(CreateTopicsResponse.TopicResult result) {
    return new TopicMetadataAndConfig(
        result.topicId(),
        result.partitions(),
        result.replicationFactor(),
        AdminResources.createdConfig(result.configs()));
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
                                (topic, result) ->
                                    AdminCluster.settle(
                                        topic, result.error(), result.message(), call)))));
  }

  Map<Uuid, AdminOutcome<Void>> deleteIds(Collection<Uuid> ids, @Nullable Integer timeoutMs) {
    return identified(
        ids,
        "ID",
        wanted ->
            calls.run(
                "deleteTopics",
                calls.deadline(timeoutMs),
                wanted,
                new AdminRoute.AnyBroker<>(),
                new AdminStep<>(
                    DeleteTopicsResponse.class,
                    true,
                    keys -> new DeleteTopicsRequest(List.of(), keys),
                    (response, call) ->
                        response
                            .ids()
                            .forEach(
                                (id, result) ->
                                    AdminCluster.settle(
                                        id, result.error(), result.message(), call)))));
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

  Map<Uuid, AdminOutcome<TopicDescription>> describeIds(
      Collection<Uuid> ids, @Nullable Integer timeoutMs) {
    return identified(
        ids,
        "id",
        wanted ->
            calls.run(
                "describeTopicsWithIds",
                calls.deadline(timeoutMs),
                wanted,
                new AdminRoute.AnyBroker<>(),
                new AdminStep<>(
                    MetadataResponse.class,
                    true,
                    keys -> new MetadataRequest(List.of(), keys, false, false),
                    (response, call) -> {
                      for (TopicMetadata topic : response.topics()) {
                        Uuid id = topic.topicId();
                        if (topic.error() == ErrorCode.NONE) {
                          call.done(id, description(topic, response.brokers()));
                        } else {
                          call.failed(
                              id,
                              topic.error() == ErrorCode.UNKNOWN_TOPIC_ID
                                  ? new UnknownTopicIdException("TopicId " + id + " not found.")
                                  : topic.error().exception());
                        }
                      }
                    })));
  }

  private static TopicDescription description(TopicMetadata topic, List<Node> brokers) {
    List<TopicPartitionInfo> partitions =
        topic.partitions().stream()
            .map(
                partition ->
                    new TopicPartitionInfo(
                        partition.partition(),
                        node(brokers, partition.leaderId()),
                        nodes(brokers, partition.replicas()),
                        nodes(brokers, partition.inSync()),
                        List.of(),
                        List.of()))
            .toList();
    return new TopicDescription(topic.name(), false, partitions, null, topic.topicId());
  }

  /** Those of which the metadata knows nothing have an id and no address, as in kafka-clients. */
  private static List<Node> nodes(List<Node> brokers, List<Integer> ids) {
    return ids.stream()
        .map(id -> Objects.requireNonNullElse(node(brokers, id), new Node(id, "", -1)))
        .toList();
  }

  static @Nullable Node node(List<Node> brokers, int id) {
    return brokers.stream().filter(broker -> broker.id() == id).findFirst().orElse(null);
  }

  AdminOutcome<DescribeClusterResponse> cluster(
      boolean includeFenced, @Nullable Integer timeoutMs) {
    return calls.runOne(
        "listNodes",
        calls.deadline(timeoutMs),
        "nodes",
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            DescribeClusterResponse.class,
            false,
            keys -> new DescribeClusterRequest(includeFenced),
            (response, call) -> AdminResources.answer(response.error(), response, call)));
  }

  static ApiException notRepresentable(@Nullable String name) {
    return new InvalidTopicException(
        "The given topic name '" + name + "' cannot be represented in a request.");
  }

  /** Makes a call for the ids that a request can carry; the one of nothing fails without one. */
  private static <V> Map<Uuid, AdminOutcome<V>> identified(
      Collection<Uuid> ids, String title, Function<Set<Uuid>, Map<Uuid, AdminOutcome<V>>> call) {
    Map<Uuid, AdminOutcome<V>> outcomes = new LinkedHashMap<>();
    Set<Uuid> representable = new LinkedHashSet<>();
    for (Uuid id : CallerOrder.of(ids, Uuid::toString)) {
      if (id.equals(Uuid.ZERO_UUID)) {
        outcomes.put(
            id,
            AdminOutcome.failed(
                new InvalidTopicException(
                    "The given topic "
                        + title
                        + " '"
                        + id
                        + "' cannot be represented in a request.")));
      } else {
        representable.add(id);
      }
    }
    if (!representable.isEmpty()) {
      outcomes.putAll(call.apply(representable));
    }
    return outcomes;
  }

  /** Makes a call for the names that a request can carry; the others fail without one. */
  private static <V> Map<String, AdminOutcome<V>> named(
      Collection<String> names, Function<Set<String>, Map<String, AdminOutcome<V>>> call) {
    Map<String, AdminOutcome<V>> outcomes = new LinkedHashMap<>();
    Set<String> representable = new LinkedHashSet<>();
    for (String name : CallerOrder.of(names, name -> name)) {
      if (name == null || name.isEmpty()) {
        outcomes.put(name, AdminOutcome.failed(notRepresentable(name)));
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
