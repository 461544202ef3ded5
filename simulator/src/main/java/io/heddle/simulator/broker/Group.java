package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** A group that a coordinator knows, of whichever protocol. */
sealed interface Group permits ClassicGroup, ConsumerGroup {
  String groupId();

  /** Kafka's name for its type. */
  String typeTitle();

  String protocolType();

  /** Kafka's name for its state. */
  String stateTitle();

  /** Whether it has neither members nor ever those that are about to join. */
  boolean isEmpty();

  /**
   * Whether it accepts a commit, partition by partition.
   *
   * @throws Refused if it accepts none
   */
  CommitCheck checkCommit(
      String memberId, Optional<String> groupInstanceId, int epoch, boolean transactional);

  /** What a commit of one partition has to pass besides. */
  @FunctionalInterface
  interface CommitCheck {
    CommitCheck PASS = partition -> ErrorCode.NONE;

    ErrorCode check(TopicPartition partition);
  }
}
