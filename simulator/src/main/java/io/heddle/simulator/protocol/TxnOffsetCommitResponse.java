package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Whether each offset became part of the transaction. */
public record TxnOffsetCommitResponse(Map<TopicPartition, ErrorCode> partitions)
    implements Response {}
