package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.AlterPartitionReassignmentsRequest;
import io.heddle.simulator.protocol.AlterReplicaLogDirsRequest;
import io.heddle.simulator.protocol.AlterUserScramCredentialsRequest;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.CreateAclsRequest;
import io.heddle.simulator.protocol.CreatePartitionsRequest;
import io.heddle.simulator.protocol.DeleteAclsRequest;
import io.heddle.simulator.protocol.DescribeAclsRequest;
import io.heddle.simulator.protocol.DescribeClusterRequest;
import io.heddle.simulator.protocol.DescribeConfigsRequest;
import io.heddle.simulator.protocol.DescribeLogDirsRequest;
import io.heddle.simulator.protocol.DescribeProducersRequest;
import io.heddle.simulator.protocol.DescribeUserScramCredentialsRequest;
import io.heddle.simulator.protocol.ElectLeadersRequest;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest;
import io.heddle.simulator.protocol.ListConfigResourcesRequest;
import io.heddle.simulator.protocol.ListPartitionReassignmentsRequest;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.UnregisterBrokerRequest;
import io.heddle.simulator.protocol.WriteTxnMarkersRequest;

/** Which handler serves which API that only administrators use. */
final class AdminHandlers {
  private AdminHandlers() {}

  static void register(RequestTable table, ClusterParts parts) {
    Topics topics = parts.topics;
    TopicAdministration administration = parts.administration;
    AssignmentRules rules = new AssignmentRules(parts.brokers);
    table.with(
        ApiKey.CREATE_PARTITIONS,
        CreatePartitionsRequest.class,
        new CreatePartitionsApi(topics, administration, rules));
    table.with(
        ApiKey.DESCRIBE_CONFIGS, DescribeConfigsRequest.class, new DescribeConfigsApi(topics));
    table.with(
        ApiKey.INCREMENTAL_ALTER_CONFIGS,
        IncrementalAlterConfigsRequest.class,
        new IncrementalAlterConfigsApi(topics, administration));
    table.with(
        ApiKey.OFFSET_DELETE,
        OffsetDeleteRequest.class,
        new OffsetDeleteApi(parts.groupSeats(), parts.groups.groups(), topics, parts.offsets));
    table.with(
        ApiKey.DESCRIBE_PRODUCERS,
        DescribeProducersRequest.class,
        new DescribeProducersApi(topics));
    table.with(
        ApiKey.WRITE_TXN_MARKERS,
        WriteTxnMarkersRequest.class,
        new WriteTxnMarkersApi(topics, parts.surroundings));
    table.with(
        ApiKey.ELECT_LEADERS,
        ElectLeadersRequest.class,
        new ElectLeadersApi(topics, parts.brokers, parts.failover));
    table.with(
        ApiKey.DESCRIBE_LOG_DIRS, DescribeLogDirsRequest.class, new DescribeLogDirsApi(topics));
    table.with(
        ApiKey.LIST_CONFIG_RESOURCES,
        ListConfigResourcesRequest.class,
        new ListConfigResourcesApi(topics, parts.brokers));
    table.with(
        ApiKey.LIST_PARTITION_REASSIGNMENTS,
        ListPartitionReassignmentsRequest.class,
        new ListPartitionReassignmentsApi(topics));
    table.with(ApiKey.CREATE_ACLS, CreateAclsRequest.class, new CreateAclsApi());
    table.with(ApiKey.DELETE_ACLS, DeleteAclsRequest.class, new DeleteAclsApi());
    table.with(ApiKey.DESCRIBE_ACLS, DescribeAclsRequest.class, new DescribeAclsApi());
    table.with(
        ApiKey.ALTER_PARTITION_REASSIGNMENTS,
        AlterPartitionReassignmentsRequest.class,
        new AlterPartitionReassignmentsApi(topics, rules, parts.failover));
    table.with(
        ApiKey.ALTER_REPLICA_LOG_DIRS,
        AlterReplicaLogDirsRequest.class,
        new AlterReplicaLogDirsApi(topics));
    table.with(
        ApiKey.DESCRIBE_CLUSTER,
        DescribeClusterRequest.class,
        new DescribeClusterApi(parts.brokers, parts.settings));
    table.with(
        ApiKey.UNREGISTER_BROKER,
        UnregisterBrokerRequest.class,
        new UnregisterBrokerApi(parts.brokers, parts.failover));
    ScramCredentials credentials = new ScramCredentials();
    table.with(
        ApiKey.ALTER_USER_SCRAM_CREDENTIALS,
        AlterUserScramCredentialsRequest.class,
        new AlterUserScramCredentialsApi(credentials));
    table.with(
        ApiKey.DESCRIBE_USER_SCRAM_CREDENTIALS,
        DescribeUserScramCredentialsRequest.class,
        new DescribeUserScramCredentialsApi(credentials));
  }
}
