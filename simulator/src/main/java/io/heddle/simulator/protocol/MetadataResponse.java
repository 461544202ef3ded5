package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;

/** Brokers, topics and leaders as the asked broker knows them. */
public record MetadataResponse(
    List<Node> brokers, int controllerId, String clusterId, List<TopicMetadata> topics)
    implements Response {
  /** One topic; the name is empty if it was asked for by an id that no topic has. */
  public record TopicMetadata(
      ErrorCode error, String name, Uuid topicId, List<PartitionMetadata> partitions) {}

  /**
   * One partition.
   *
   * @param leaderId -1 while there is none
   * @param offline the replicas whose brokers are away
   */
  public record PartitionMetadata(
      ErrorCode error,
      int partition,
      int leaderId,
      int leaderEpoch,
      List<Integer> replicas,
      List<Integer> inSync,
      List<Integer> offline) {
    /** A partition with one replica. */
    public PartitionMetadata(ErrorCode error, int partition, int leaderId, int leaderEpoch) {
      this(
          error, partition, leaderId, leaderEpoch, List.of(leaderId), List.of(leaderId), List.of());
    }
  }
}
