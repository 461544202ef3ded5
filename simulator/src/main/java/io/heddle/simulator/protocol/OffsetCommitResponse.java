package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Whether each offset was committed. */
public record OffsetCommitResponse(Map<TopicPartition, ErrorCode> partitions) implements Response {}
