package io.heddle.engine;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The event that holds back the commit of a partition.
 *
 * @param partition the partition
 * @param offset the lowest offset that is not complete, or -1 if it is an interjection
 * @param key the key its scheduler knows it by, if it is in one
 * @param age how long ago it was polled, or begun if it is an interjection
 * @param attempts how many attempts have failed where it is now
 */
public record CommitBlocker(
    TopicPartition partition, long offset, Optional<Object> key, Duration age, int attempts) {}
