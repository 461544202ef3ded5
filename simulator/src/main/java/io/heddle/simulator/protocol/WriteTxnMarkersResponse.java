package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What became of each partition. */
public record WriteTxnMarkersResponse(Map<TopicPartition, ErrorCode> partitions)
    implements Response {}
