package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.MetadataResponse.PartitionMetadata;
import io.heddle.simulator.protocol.MetadataResponse.TopicMetadata;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;

/**
 * Tells of brokers, topics and leaders.
 *
 * <p>Models: topics by name or all of them, topic ids, leaders and their epochs; a topic that does
 * not exist and may be created is created, and this first answer still calls it unknown, as Kafka's
 * does, since the controller has yet to be asked.
 *
 * <p>Does not model: topics by id, replicas, racks, brokers that are away, metadata that is older
 * at one broker than at another, authorized operations, internal topics.
 */
final class MetadataApi implements RequestHandler<MetadataRequest> {
  private static final int PORT = 9092;

  private final Topics topics;
  private final TopicAdministration administration;
  private final ClusterSettings settings;

  MetadataApi(Topics topics, TopicAdministration administration, ClusterSettings settings) {
    this.topics = topics;
    this.administration = administration;
    this.settings = settings;
  }

  @Override
  public void handle(Call call, MetadataRequest request) {
    Stream<TopicMetadata> told =
        request.allTopics()
            ? topics.all().stream().map(MetadataApi::describe)
            : request.topics().stream()
                .distinct()
                .map(name -> describe(name, request.allowAutoTopicCreation()));
    call.reply(new MetadataResponse(nodes(settings), 0, settings.clusterId(), told.toList()));
  }

  static List<Node> nodes(ClusterSettings settings) {
    return Stream.iterate(0, id -> id + 1)
        .limit(settings.brokers())
        .map(id -> new Node(id, "broker-" + id, PORT))
        .toList();
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
      administration.create(name, settings.defaultPartitions());
    }
    return unknown(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  private static TopicMetadata unknown(String name, ErrorCode error) {
    return new TopicMetadata(error, name, Uuid.ZERO_UUID, List.of());
  }

  private static TopicMetadata describe(Topic topic) {
    List<PartitionMetadata> partitions =
        topic.partitions().stream()
            .map(
                partition ->
                    new PartitionMetadata(
                        ErrorCode.NONE,
                        partition.id().partition(),
                        partition.leader(),
                        partition.leaderEpoch()))
            .toList();
    return new TopicMetadata(ErrorCode.NONE, topic.name(), topic.id(), partitions);
  }
}
