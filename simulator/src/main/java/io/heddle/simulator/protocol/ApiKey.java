package io.heddle.simulator.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Kafka's APIs that the simulator speaks, with the protocol's names. */
public enum ApiKey {
  PRODUCE("Produce"),
  FETCH("Fetch"),
  LIST_OFFSETS("ListOffsets"),
  METADATA("Metadata"),
  OFFSET_COMMIT("OffsetCommit"),
  OFFSET_FETCH("OffsetFetch"),
  OFFSET_FOR_LEADER_EPOCH("OffsetForLeaderEpoch"),
  FIND_COORDINATOR("FindCoordinator"),
  JOIN_GROUP("JoinGroup"),
  HEARTBEAT("Heartbeat"),
  LEAVE_GROUP("LeaveGroup"),
  SYNC_GROUP("SyncGroup"),
  DESCRIBE_GROUPS("DescribeGroups"),
  LIST_GROUPS("ListGroups"),
  DELETE_GROUPS("DeleteGroups"),
  CREATE_TOPICS("CreateTopics"),
  DELETE_TOPICS("DeleteTopics"),
  DELETE_RECORDS("DeleteRecords"),
  INIT_PRODUCER_ID("InitProducerId"),
  END_TXN("EndTxn"),
  TXN_OFFSET_COMMIT("TxnOffsetCommit"),
  DESCRIBE_TRANSACTIONS("DescribeTransactions"),
  LIST_TRANSACTIONS("ListTransactions"),
  CONSUMER_GROUP_HEARTBEAT("ConsumerGroupHeartbeat"),
  CONSUMER_GROUP_DESCRIBE("ConsumerGroupDescribe"),
  CREATE_PARTITIONS("CreatePartitions"),
  DESCRIBE_CONFIGS("DescribeConfigs"),
  DESCRIBE_LOG_DIRS("DescribeLogDirs"),
  DESCRIBE_PRODUCERS("DescribeProducers"),
  ELECT_LEADERS("ElectLeaders"),
  INCREMENTAL_ALTER_CONFIGS("IncrementalAlterConfigs"),
  LIST_CONFIG_RESOURCES("ListConfigResources"),
  LIST_PARTITION_REASSIGNMENTS("ListPartitionReassignments"),
  OFFSET_DELETE("OffsetDelete"),
  WRITE_TXN_MARKERS("WriteTxnMarkers"),
  CREATE_ACLS("CreateAcls"),
  DELETE_ACLS("DeleteAcls"),
  DESCRIBE_ACLS("DescribeAcls"),
  ALTER_PARTITION_REASSIGNMENTS("AlterPartitionReassignments"),
  ALTER_REPLICA_LOG_DIRS("AlterReplicaLogDirs"),
  ALTER_USER_SCRAM_CREDENTIALS("AlterUserScramCredentials"),
  DESCRIBE_CLUSTER("DescribeCluster"),
  DESCRIBE_USER_SCRAM_CREDENTIALS("DescribeUserScramCredentials"),
  UNREGISTER_BROKER("UnregisterBroker");

  private final String title;

  ApiKey(String title) {
    this.title = title;
  }

  /** The name in Kafka's protocol, for example {@code OffsetCommit}. */
  public String title() {
    return title;
  }

  /** The API of that name, in Kafka's spelling. */
  public static Optional<ApiKey> named(String title) {
    return Arrays.stream(values()).filter(api -> api.title.equals(title)).findFirst();
  }

  /** The names of all APIs, in the order of the protocol's list here. */
  public static List<String> titles() {
    return Arrays.stream(values()).map(ApiKey::title).toList();
  }
}
