package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The state of consumer groups. */
public record ConsumerGroupDescribeResponse(List<DescribedGroup> groups) implements Response {
  /**
   * One group.
   *
   * @param groupState Kafka's name for it, for example {@code Reconciling}
   * @param groupEpoch counts what a new assignment has to take into account
   * @param assignmentEpoch the group's epoch for which the target assignment was made
   */
  public record DescribedGroup(
      ErrorCode error,
      String errorMessage,
      String groupId,
      String groupState,
      int groupEpoch,
      int assignmentEpoch,
      String assignorName,
      List<DescribedMember> members) {}

  /**
   * One member.
   *
   * @param assignment what it owns, with what it has yet to give up
   * @param targetAssignment what it is to own in the end
   */
  public record DescribedMember(
      String memberId,
      Optional<String> instanceId,
      Optional<String> rackId,
      int memberEpoch,
      String clientId,
      String clientHost,
      List<String> subscribedTopicNames,
      String subscribedTopicRegex,
      List<TopicPartition> assignment,
      List<TopicPartition> targetAssignment) {}

  /** The answer for a group that cannot be described. */
  public static DescribedGroup failure(String groupId, ErrorCode error, String message) {
    return new DescribedGroup(error, message, groupId, "", 0, 0, "", List.of());
  }
}
