package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DeleteGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.DescribeGroupsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListGroupsResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** What an admin asks about groups, put to Kafka's coordinator. */
final class KafkaGroups {
  private final KafkaShard kafka;

  KafkaGroups(KafkaShard kafka) {
    this.kafka = kafka;
  }

  DescribeGroupsResponse describe(Caller caller, DescribeGroupsRequest request) {
    KafkaContext context = KafkaContext.of(caller, ApiKeys.DESCRIBE_GROUPS, 6);
    return new DescribeGroupsResponse(
        kafka.shard().describeGroups(context, request.groups(), kafka.committed()).stream()
            .map(KafkaGroups::described)
            .toList());
  }

  private static DescribeGroupsResponse.DescribedGroup described(
      DescribeGroupsResponseData.DescribedGroup group) {
    return new DescribeGroupsResponse.DescribedGroup(
        Codes.error(group.errorCode()),
        group.groupId(),
        group.groupState(),
        Codes.text(group.protocolType()),
        Codes.text(group.protocolData()),
        group.members().stream()
            .map(
                member ->
                    new DescribeGroupsResponse.DescribedMember(
                        member.memberId(),
                        Optional.ofNullable(member.groupInstanceId()),
                        member.clientId(),
                        member.clientHost(),
                        Codes.bytes(member.memberMetadata()),
                        Codes.bytes(member.memberAssignment())))
            .toList());
  }

  ConsumerGroupDescribeResponse describe(ConsumerGroupDescribeRequest request) {
    return new ConsumerGroupDescribeResponse(
        kafka.shard().consumerGroupDescribe(request.groupIds(), kafka.committed()).stream()
            .map(KafkaGroups::described)
            .toList());
  }

  private static ConsumerGroupDescribeResponse.DescribedGroup described(
      ConsumerGroupDescribeResponseData.DescribedGroup group) {
    return new ConsumerGroupDescribeResponse.DescribedGroup(
        Codes.error(group.errorCode()),
        "",
        group.groupId(),
        group.groupState(),
        group.groupEpoch(),
        group.assignmentEpoch(),
        group.assignorName(),
        group.members().stream().map(KafkaGroups::described).toList());
  }

  private static ConsumerGroupDescribeResponse.DescribedMember described(
      ConsumerGroupDescribeResponseData.Member member) {
    return new ConsumerGroupDescribeResponse.DescribedMember(
        member.memberId(),
        Optional.ofNullable(member.instanceId()),
        Optional.ofNullable(member.rackId()),
        member.memberEpoch(),
        member.clientId(),
        member.clientHost(),
        member.subscribedTopicNames(),
        Codes.text(member.subscribedTopicRegex()),
        partitions(member.assignment()),
        partitions(member.targetAssignment()));
  }

  private static List<TopicPartition> partitions(
      ConsumerGroupDescribeResponseData.Assignment assignment) {
    return assignment.topicPartitions().stream()
        .flatMap(
            topic ->
                topic.partitions().stream().map(it -> new TopicPartition(topic.topicName(), it)))
        .toList();
  }

  ListGroupsResponse list() {
    return new ListGroupsResponse(
        ErrorCode.NONE,
        kafka.shard().listGroups(List.of(), List.of(), kafka.committed()).stream()
            .map(
                group ->
                    new ListGroupsResponse.ListedGroup(
                        group.groupId(),
                        Codes.text(group.protocolType()),
                        group.groupState(),
                        Codes.text(group.groupType())))
            .toList());
  }

  DeleteGroupsResponse delete(Caller caller, DeleteGroupsRequest request) {
    KafkaContext context = KafkaContext.of(caller, ApiKeys.DELETE_GROUPS, 2);
    Map<String, ErrorCode> results = new LinkedHashMap<>();
    kafka
        .write(shard -> shard.deleteGroups(context, request.groups()))
        .forEach(result -> results.put(result.groupId(), Codes.error(result.errorCode())));
    return new DeleteGroupsResponse(results);
  }
}
