package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.MetadataResponse.PartitionMetadata;
import io.heddle.simulator.protocol.MetadataResponse.TopicMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;

/**
 * Tells of brokers, topics and leaders.
 *
 * <p>Models: topics by name, by id or all of them, leaders and their epochs, replicas, those in
 * sync and those that are away, partitions without a leader, the brokers that are there; a topic
 * that does not exist and may be created is created, and this first answer still calls it unknown,
 * as Kafka's does, since the controller has yet to be asked.
 *
 * <p>Does not model: racks, metadata that is older at one broker than at another, authorized
 * operations, internal topics.
 */
final class MetadataApi implements RequestHandler<MetadataRequest> {
  /** The broker that speaks for the controller. */
  static final int CONTROLLER = 0;

  private static final int PORT = 9092;

  private final Topics topics;
  private final TopicAdministration administration;
  private final Brokers brokers;
  private final ClusterSettings settings;

  MetadataApi(
      Topics topics,
      TopicAdministration administration,
      Brokers brokers,
      ClusterSettings settings) {
    this.topics = topics;
    this.administration = administration;
    this.brokers = brokers;
    this.settings = settings;
  }

  @Override
  public void handle(Call call, MetadataRequest request) {
    Stream<TopicMetadata> told =
        request.allTopics()
            ? topics.all().stream().map(this::describe)
            : Stream.concat(
                request.topics().stream()
                    .distinct()
                    .map(name -> describe(name, request.allowAutoTopicCreation())),
                request.topicIds().stream()
                    .filter(id -> !isNamed(id, request.topics()))
                    .map(this::describe));
    List<TopicMetadata> described = told.toList();
    call.reply(
        new MetadataResponse(nodes(brokers.active()), CONTROLLER, settings.clusterId(), described));
  }

  static List<Node> nodes(List<Integer> ids) {
    return ids.stream().map(id -> new Node(id, "broker-" + id, PORT)).toList();
  }

  private TopicMetadata describe(String name, boolean mayCreate) {
    Topic topic = topics.find(name).orElse(null);
    if (topic != null) {
      return describe(topic);
    }
    if (TopicNames.faultOf(name).isPresent()) {
      return unknown(name, ErrorCode.INVALID_TOPIC_EXCEPTION);
    }
    if (mayCreate && settings.autoCreateTopics() && topics.collisionWith(name).isEmpty()) {
      administration.create(
          name,
          settings.defaultPartitions(),
          settings.lives().defaultReplicationFactor(),
          TopicConfig.DEFAULT);
    }
    return unknown(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  private static TopicMetadata unknown(String name, ErrorCode error) {
    return new TopicMetadata(error, name, Uuid.ZERO_UUID, List.of());
  }

  /** Whether the topic with this id is asked for by its name, too. */
  private boolean isNamed(Uuid id, List<String> names) {
    return topics.find(id).filter(topic -> names.contains(topic.name())).isPresent();
  }

  private TopicMetadata describe(Uuid id) {
    return topics
        .find(id)
        .map(this::describe)
        .orElseGet(() -> new TopicMetadata(ErrorCode.UNKNOWN_TOPIC_ID, "", id, List.of()));
  }

  private TopicMetadata describe(Topic topic) {
    List<PartitionMetadata> partitions = topic.partitions().stream().map(this::describe).toList();
    return new TopicMetadata(ErrorCode.NONE, topic.name(), topic.id(), partitions);
  }

  private PartitionMetadata describe(Partition partition) {
    List<Integer> replicas = partition.replicas().assigned();
    List<Integer> away = new ArrayList<>(replicas);
    away.removeAll(brokers.active());
    return new PartitionMetadata(
        partition.leader() == Partition.NO_LEADER ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
        partition.id().partition(),
        partition.leader(),
        partition.leaderEpoch(),
        replicas,
        partition.replicas().inSync(),
        away);
  }
}
