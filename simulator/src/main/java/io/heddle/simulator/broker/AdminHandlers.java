package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.CreateAclsRequest;
import io.heddle.simulator.protocol.CreatePartitionsRequest;
import io.heddle.simulator.protocol.DeleteAclsRequest;
import io.heddle.simulator.protocol.DescribeAclsRequest;
import io.heddle.simulator.protocol.DescribeConfigsRequest;
import io.heddle.simulator.protocol.DescribeLogDirsRequest;
import io.heddle.simulator.protocol.DescribeProducersRequest;
import io.heddle.simulator.protocol.ElectLeadersRequest;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest;
import io.heddle.simulator.protocol.ListConfigResourcesRequest;
import io.heddle.simulator.protocol.ListPartitionReassignmentsRequest;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.WriteTxnMarkersRequest;

/** Which handler serves which API that only administrators use. */
final class AdminHandlers {
  private AdminHandlers() {}

  static void register(RequestTable table, ClusterParts parts) {
    Topics topics = parts.topics;
    TopicAdministration administration = parts.administration;
    table.with(
        ApiKey.CREATE_PARTITIONS,
        CreatePartitionsRequest.class,
        new CreatePartitionsApi(topics, administration));
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
        new ListPartitionReassignmentsApi());
    table.with(ApiKey.CREATE_ACLS, CreateAclsRequest.class, new CreateAclsApi());
    table.with(ApiKey.DELETE_ACLS, DeleteAclsRequest.class, new DeleteAclsApi());
    table.with(ApiKey.DESCRIBE_ACLS, DescribeAclsRequest.class, new DescribeAclsApi());
  }
}
