package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;

/** Brokers, topics and leaders as the asked broker knows them. */
public record MetadataResponse(
    List<Node> brokers, int controllerId, String clusterId, List<TopicMetadata> topics)
    implements Response {
  /** One topic. */
  public record TopicMetadata(
      ErrorCode error, String name, Uuid topicId, List<PartitionMetadata> partitions) {}

  /** One partition; {@code leaderId} is -1 while there is none. */
  public record PartitionMetadata(ErrorCode error, int partition, int leaderId, int leaderEpoch) {}
}
