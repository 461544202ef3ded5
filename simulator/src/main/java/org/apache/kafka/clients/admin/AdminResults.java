package org.apache.kafka.clients.admin;

import io.heddle.simulator.protocol.DescribeUserScramCredentialsResponse;
import io.heddle.simulator.protocol.DescribeUserScramCredentialsResponse.UserCredentials;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import io.heddle.simulator.protocol.LeaveGroupResponse.MemberResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.internals.CoordinatorKey;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.CredentialInfo;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.ProducerIdAndEpoch;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

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

  /** The same by id. */
  public static DeleteTopicsResult deletedTopicIds(Map<Uuid, KafkaFuture<Void>> topics) {
    return DeleteTopicsResult.ofTopicIds(topics);
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

  /** The same by id. */
  public static DescribeTopicsResult describedTopicIds(
      Map<Uuid, KafkaFuture<TopicDescription>> topics) {
    return DescribeTopicsResult.ofTopicIds(topics);
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

  /** The result of {@code describeTransactions}. */
  public static DescribeTransactionsResult describedTransactions(
      Map<String, KafkaFuture<TransactionDescription>> ids) {
    Map<CoordinatorKey, KafkaFuture<TransactionDescription>> byKey = new LinkedHashMap<>();
    ids.forEach((id, told) -> byKey.put(CoordinatorKey.byTransactionalId(id), told));
    return new DescribeTransactionsResult(byKey);
  }

  /** The result of {@code listTransactions}, by broker. */
  public static ListTransactionsResult listedTransactions(
      KafkaFuture<Map<Integer, KafkaFuture<Collection<TransactionListing>>>> brokers) {
    return new ListTransactionsResult(
        brokers.thenApply(
            byBroker -> {
              Map<Integer, KafkaFutureImpl<Collection<TransactionListing>>> internal =
                  new LinkedHashMap<>();
              byBroker.forEach((broker, listed) -> internal.put(broker, internal(listed)));
              return internal;
            }));
  }

  private static <T> KafkaFutureImpl<T> internal(KafkaFuture<T> future) {
    KafkaFutureImpl<T> internal = new KafkaFutureImpl<>();
    var unused =
        future.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                internal.complete(value);
              } else {
                internal.completeExceptionally(failure);
              }
            });
    return internal;
  }

  /** The result of {@code fenceProducers}. */
  public static FenceProducersResult fencedProducers(
      Map<String, KafkaFuture<InitProducerIdResponse>> ids) {
    Map<CoordinatorKey, KafkaFuture<ProducerIdAndEpoch>> byKey = new LinkedHashMap<>();
    ids.forEach(
        (id, told) ->
            byKey.put(
                CoordinatorKey.byTransactionalId(id),
                told.thenApply(it -> new ProducerIdAndEpoch(it.producerId(), it.producerEpoch()))));
    return new FenceProducersResult(byKey);
  }

  /** The result of {@code forceTerminateTransaction}. */
  public static TerminateTransactionResult terminated(KafkaFuture<Void> result) {
    return new TerminateTransactionResult(result);
  }

  /** The result of {@code describeProducers}. */
  public static DescribeProducersResult describedProducers(
      Map<TopicPartition, KafkaFuture<DescribeProducersResult.PartitionProducerState>> states) {
    return new DescribeProducersResult(states);
  }

  /** The result of {@code abortTransaction}. */
  public static AbortTransactionResult abortedTransaction(
      Map<TopicPartition, KafkaFuture<Void>> partitions) {
    return new AbortTransactionResult(partitions);
  }

  /** The result of {@code createPartitions}. */
  public static CreatePartitionsResult createdPartitions(Map<String, KafkaFuture<Void>> topics) {
    return new CreatePartitionsResult(topics);
  }

  /** The result of {@code describeConfigs}. */
  public static DescribeConfigsResult describedConfigs(
      Map<ConfigResource, KafkaFuture<Config>> configs) {
    return new DescribeConfigsResult(configs);
  }

  /** The result of {@code incrementalAlterConfigs}. */
  public static AlterConfigsResult alteredConfigs(Map<ConfigResource, KafkaFuture<Void>> altered) {
    return new AlterConfigsResult(altered);
  }

  /** The result of {@code listConfigResources}. */
  public static ListConfigResourcesResult listedConfigResources(
      KafkaFuture<Collection<ConfigResource>> resources) {
    return new ListConfigResourcesResult(resources);
  }

  /**
   * The result of {@code listClientMetricsResources}. kafka-clients means to remove the class but
   * {@code Admin} still returns it: hence the suppression.
   */
  @SuppressWarnings({"deprecation", "removal"})
  public static ListClientMetricsResourcesResult listedClientMetrics(
      KafkaFuture<? extends Collection<ClientMetricsResourceListing>> listings) {
    return new ListClientMetricsResourcesResult(listings.thenApply(List::copyOf));
  }

  /** One of what {@link #listedClientMetrics} lists. */
  @SuppressWarnings({"deprecation", "removal"})
  public static ClientMetricsResourceListing clientMetrics(String name) {
    return new ClientMetricsResourceListing(name);
  }

  /** The result of {@code listPartitionReassignments}. */
  public static ListPartitionReassignmentsResult listedReassignments(
      KafkaFuture<Map<TopicPartition, PartitionReassignment>> reassignments) {
    return new ListPartitionReassignmentsResult(reassignments);
  }

  /** The result of {@code alterPartitionReassignments}. */
  public static AlterPartitionReassignmentsResult alteredReassignments(
      Map<TopicPartition, KafkaFuture<Void>> partitions) {
    return new AlterPartitionReassignmentsResult(partitions);
  }

  /** The result of {@code unregisterBroker}. */
  public static UnregisterBrokerResult unregistered(KafkaFuture<Void> result) {
    return new UnregisterBrokerResult(result);
  }

  /** The result of {@code alterReplicaLogDirs}. */
  public static AlterReplicaLogDirsResult alteredLogDirs(
      Map<TopicPartitionReplica, KafkaFuture<Void>> replicas) {
    return new AlterReplicaLogDirsResult(replicas);
  }

  /** The result of {@code describeUserScramCredentials}. */
  public static DescribeUserScramCredentialsResult describedUsers(
      KafkaFuture<DescribeUserScramCredentialsResponse> told) {
    return new DescribeUserScramCredentialsResult(
        told.thenApply(
            response ->
                new DescribeUserScramCredentialsResponseData()
                    .setResults(
                        response.users().stream().map(AdminResults::credentials).toList())));
  }

  private static DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult
      credentials(UserCredentials user) {
    return new DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult()
        .setUser(user.user())
        .setErrorCode(user.error().code())
        .setErrorMessage(user.message().isEmpty() ? null : user.message())
        .setCredentialInfos(
            user.iterations().entrySet().stream()
                .map(
                    each ->
                        new CredentialInfo()
                            .setMechanism(each.getKey().type())
                            .setIterations(each.getValue()))
                .toList());
  }

  /** The result of {@code electLeaders}. */
  public static ElectLeadersResult electedLeaders(
      KafkaFuture<Map<TopicPartition, Optional<Throwable>>> partitions) {
    return new ElectLeadersResult(partitions);
  }

  /** The result of {@code describeLogDirs}. */
  public static DescribeLogDirsResult describedLogDirs(
      Map<Integer, KafkaFuture<Map<String, LogDirDescription>>> brokers) {
    return new DescribeLogDirsResult(brokers);
  }

  /** The result of {@code describeReplicaLogDirs}: the directory of each replica that is there. */
  public static DescribeReplicaLogDirsResult describedReplicaLogDirs(
      Map<TopicPartitionReplica, KafkaFuture<@Nullable String>> directories) {
    Map<TopicPartitionReplica, KafkaFuture<DescribeReplicaLogDirsResult.ReplicaLogDirInfo>> all =
        new LinkedHashMap<>();
    directories.forEach(
        (replica, directory) ->
            all.put(
                replica,
                directory.thenApply(
                    path ->
                        path == null
                            ? new DescribeReplicaLogDirsResult.ReplicaLogDirInfo()
                            : new DescribeReplicaLogDirsResult.ReplicaLogDirInfo(
                                path, 0, null, -1))));
    return new DescribeReplicaLogDirsResult(all);
  }

  /** The result of {@code deleteConsumerGroupOffsets}. */
  public static DeleteConsumerGroupOffsetsResult deletedOffsets(
      KafkaFuture<Map<TopicPartition, Errors>> errors, Set<TopicPartition> partitions) {
    return new DeleteConsumerGroupOffsetsResult(errors, partitions);
  }

  /** The same for a streams group. */
  public static DeleteStreamsGroupOffsetsResult ofStreams(DeleteConsumerGroupOffsetsResult result) {
    return new DeleteStreamsGroupOffsetsResult(result);
  }

  /** The same for streams groups. */
  public static DeleteStreamsGroupsResult ofStreams(DeleteConsumerGroupsResult result) {
    return new DeleteStreamsGroupsResult(result);
  }

  /** The same for share groups. */
  public static DeleteShareGroupsResult ofShare(DeleteConsumerGroupsResult result) {
    return new DeleteShareGroupsResult(result.deletedGroups());
  }

  /** The same for streams groups. */
  public static ListStreamsGroupOffsetsResult ofStreams(ListConsumerGroupOffsetsResult result) {
    return new ListStreamsGroupOffsetsResult(result);
  }

  /** The same for a streams group. */
  public static AlterStreamsGroupOffsetsResult ofStreams(AlterConsumerGroupOffsetsResult result) {
    return new AlterStreamsGroupOffsetsResult(result);
  }

  /** The result of {@code describeAcls}. */
  public static DescribeAclsResult describedAcls(KafkaFuture<Collection<AclBinding>> entries) {
    return new DescribeAclsResult(entries);
  }

  /** The result of {@code createAcls}. */
  public static CreateAclsResult createdAcls(Map<AclBinding, KafkaFuture<Void>> entries) {
    return new CreateAclsResult(entries);
  }

  /** The result of {@code deleteAcls}. */
  public static DeleteAclsResult deletedAcls(
      Map<AclBindingFilter, KafkaFuture<DeleteAclsResult.FilterResults>> filters) {
    return new DeleteAclsResult(filters);
  }
}
