package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What became of each partition, unless all are refused. */
public record ElectLeadersResponse(ErrorCode error, Map<TopicPartition, ErrorCode> partitions)
    implements Response {}
