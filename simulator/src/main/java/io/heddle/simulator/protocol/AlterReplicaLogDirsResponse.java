package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What became of each replica. */
public record AlterReplicaLogDirsResponse(Map<TopicPartition, ErrorCode> partitions)
    implements Response {}
