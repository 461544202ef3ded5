package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The replicas of a broker, in its one directory.
 *
 * @param bytes the size of each
 */
public record DescribeLogDirsResponse(
    ErrorCode error, String directory, Map<TopicPartition, Long> bytes) implements Response {}
