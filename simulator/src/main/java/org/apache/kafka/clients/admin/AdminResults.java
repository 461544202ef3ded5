package org.apache.kafka.clients.admin;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LeaveGroupResponse.MemberResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.internals.CoordinatorKey;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.NullMarked;

/**
 * Makes what {@code Admin} returns where kafka-clients has no public constructor for it.
 *
 * <p>It is in kafka-clients' package because those constructors are package-private, and it holds
 * nothing else. A package in two jars is legal on the class path only: on the module path the
 * simulator cannot be used. Kafka's internal types do not leave this class except as inferred type
 * arguments, from {@code errors} to the method that takes them.
 */
@NullMarked
public final class AdminResults {
  private AdminResults() {}

  /** The result of {@code deleteTopics}. */
  public static DeleteTopicsResult deletedTopics(Map<String, KafkaFuture<Void>> topics) {
    return DeleteTopicsResult.ofTopicNames(topics);
  }

  /** The result of {@code listTopics}. */
  public static ListTopicsResult listedTopics(KafkaFuture<Map<String, TopicListing>> topics) {
    return new ListTopicsResult(topics);
  }

  /** The result of {@code describeTopics}. */
  public static DescribeTopicsResult describedTopics(
      Map<String, KafkaFuture<TopicDescription>> topics) {
    return DescribeTopicsResult.ofTopicNames(topics);
  }

  /** The result of {@code describeCluster}, without authorized operations. */
  public static DescribeClusterResult describedCluster(
      KafkaFuture<Collection<Node>> nodes,
      KafkaFuture<Node> controller,
      KafkaFuture<String> clusterId) {
    return new DescribeClusterResult(
        nodes, controller, clusterId, KafkaFuture.completedFuture(null));
  }

  /** The result of {@code listGroups}: listings and exceptions. */
  public static ListGroupsResult listedGroups(Collection<Object> listingsAndErrors) {
    return new ListGroupsResult(KafkaFuture.completedFuture(listingsAndErrors));
  }

  /**
   * The result of {@code listConsumerGroups}: listings and exceptions. kafka-clients means to
   * remove the class but {@code Admin} still returns it: hence the suppression.
   */
  @SuppressWarnings({"deprecation", "removal"})
  public static ListConsumerGroupsResult listedConsumerGroups(
      Collection<Object> listingsAndErrors) {
    return new ListConsumerGroupsResult(KafkaFuture.completedFuture(listingsAndErrors));
  }

  /** The result of {@code deleteConsumerGroups}. */
  public static DeleteConsumerGroupsResult deletedGroups(Map<String, KafkaFuture<Void>> groups) {
    return new DeleteConsumerGroupsResult(groups);
  }

  /** The result of {@code listConsumerGroupOffsets}. */
  public static ListConsumerGroupOffsetsResult listedOffsets(
      Map<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> groups) {
    Map<CoordinatorKey, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> byKey =
        new LinkedHashMap<>();
    groups.forEach((group, offsets) -> byKey.put(CoordinatorKey.byGroupId(group), offsets));
    return new ListConsumerGroupOffsetsResult(byKey);
  }

  /** The same errors by Kafka's internal names. */
  public static Map<TopicPartition, Errors> errors(Map<TopicPartition, ErrorCode> codes) {
    Map<TopicPartition, Errors> errors = new LinkedHashMap<>();
    codes.forEach((partition, code) -> errors.put(partition, Errors.forCode(code.code())));
    return errors;
  }

  /** The result of {@code alterConsumerGroupOffsets}. */
  public static AlterConsumerGroupOffsetsResult alteredOffsets(
      KafkaFuture<Map<TopicPartition, Errors>> errors) {
    return new AlterConsumerGroupOffsetsResult(errors);
  }

  /** The same results by Kafka's internal names. */
  public static Map<MemberIdentity, Errors> errors(List<MemberResult> results) {
    Map<MemberIdentity, Errors> errors = new LinkedHashMap<>();
    for (MemberResult result : results) {
      MemberIdentity identity =
          new MemberIdentity()
              .setMemberId(result.memberId())
              .setGroupInstanceId(result.groupInstanceId().orElse(null));
      errors.put(identity, Errors.forCode(result.error().code()));
    }
    return errors;
  }

  /** The result of {@code removeMembersFromConsumerGroup}; no members mean all. */
  public static RemoveMembersFromConsumerGroupResult removedMembers(
      KafkaFuture<Map<MemberIdentity, Errors>> errors, Set<MemberToRemove> members) {
    return new RemoveMembersFromConsumerGroupResult(errors, members);
  }

  /** The time that the spec asks for, if it is a time. */
  public static OptionalLong timestampOf(OffsetSpec spec) {
    return spec instanceof OffsetSpec.TimestampSpec at
        ? OptionalLong.of(at.timestamp())
        : OptionalLong.empty();
  }
}
