package io.heddle.simulator.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminResults;
import org.apache.kafka.clients.admin.AlterPartitionReassignmentsOptions;
import org.apache.kafka.clients.admin.AlterPartitionReassignmentsResult;
import org.apache.kafka.clients.admin.AlterReplicaLogDirsOptions;
import org.apache.kafka.clients.admin.AlterReplicaLogDirsResult;
import org.apache.kafka.clients.admin.AlterUserScramCredentialsOptions;
import org.apache.kafka.clients.admin.AlterUserScramCredentialsResult;
import org.apache.kafka.clients.admin.DescribeUserScramCredentialsOptions;
import org.apache.kafka.clients.admin.DescribeUserScramCredentialsResult;
import org.apache.kafka.clients.admin.ElectLeadersOptions;
import org.apache.kafka.clients.admin.ElectLeadersResult;
import org.apache.kafka.clients.admin.ListPartitionReassignmentsOptions;
import org.apache.kafka.clients.admin.ListPartitionReassignmentsResult;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.UnregisterBrokerOptions;
import org.apache.kafka.clients.admin.UnregisterBrokerResult;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.jspecify.annotations.Nullable;

/** The part of {@code Admin} that is about brokers, who holds and leads what, and users. */
interface ClusterAdmin extends Admin {
  AdminCluster cluster();

  AdminUsers users();

  @Override
  default AlterPartitionReassignmentsResult alterPartitionReassignments(
      Map<TopicPartition, Optional<NewPartitionReassignment>> targets,
      AlterPartitionReassignmentsOptions options) {
    return AdminResults.alteredReassignments(
        AdminOutcome.toFutures(
            cluster()
                .reassign(targets, options.allowReplicationFactorChange(), options.timeoutMs())));
  }

  @Override
  default ListPartitionReassignmentsResult listPartitionReassignments(
      Optional<Set<TopicPartition>> partitions, ListPartitionReassignmentsOptions options) {
    return AdminResults.listedReassignments(
        cluster().reassignments(partitions, options.timeoutMs()).toFuture());
  }

  @Override
  default ElectLeadersResult electLeaders(
      ElectionType type, @Nullable Set<TopicPartition> partitions, ElectLeadersOptions options) {
    return AdminResults.electedLeaders(
        cluster().elect(type, partitions, options.timeoutMs()).toFuture());
  }

  @Override
  default UnregisterBrokerResult unregisterBroker(int broker, UnregisterBrokerOptions options) {
    return AdminResults.unregistered(cluster().unregister(broker, options.timeoutMs()).toFuture());
  }

  @Override
  default AlterReplicaLogDirsResult alterReplicaLogDirs(
      Map<TopicPartitionReplica, String> directories, AlterReplicaLogDirsOptions options) {
    return AdminResults.alteredLogDirs(
        AdminOutcome.toFutures(cluster().moveOnDisk(directories, options.timeoutMs())));
  }

  @Override
  default DescribeUserScramCredentialsResult describeUserScramCredentials(
      @Nullable List<String> names, DescribeUserScramCredentialsOptions options) {
    return AdminResults.describedUsers(users().describe(names, options.timeoutMs()).toFuture());
  }

  @Override
  default AlterUserScramCredentialsResult alterUserScramCredentials(
      List<UserScramCredentialAlteration> alterations, AlterUserScramCredentialsOptions options) {
    return new AlterUserScramCredentialsResult(
        AdminOutcome.toFutures(users().alter(alterations, options.timeoutMs())));
  }
}
