package io.heddle.simulator.broker;

import static io.heddle.simulator.protocol.ApiKey.CONSUMER_GROUP_DESCRIBE;
import static io.heddle.simulator.protocol.ApiKey.CONSUMER_GROUP_HEARTBEAT;
import static io.heddle.simulator.protocol.ApiKey.CREATE_TOPICS;
import static io.heddle.simulator.protocol.ApiKey.DELETE_GROUPS;
import static io.heddle.simulator.protocol.ApiKey.DELETE_RECORDS;
import static io.heddle.simulator.protocol.ApiKey.DELETE_TOPICS;
import static io.heddle.simulator.protocol.ApiKey.DESCRIBE_GROUPS;
import static io.heddle.simulator.protocol.ApiKey.DESCRIBE_TRANSACTIONS;
import static io.heddle.simulator.protocol.ApiKey.END_TXN;
import static io.heddle.simulator.protocol.ApiKey.FETCH;
import static io.heddle.simulator.protocol.ApiKey.FIND_COORDINATOR;
import static io.heddle.simulator.protocol.ApiKey.HEARTBEAT;
import static io.heddle.simulator.protocol.ApiKey.INIT_PRODUCER_ID;
import static io.heddle.simulator.protocol.ApiKey.JOIN_GROUP;
import static io.heddle.simulator.protocol.ApiKey.LEAVE_GROUP;
import static io.heddle.simulator.protocol.ApiKey.LIST_GROUPS;
import static io.heddle.simulator.protocol.ApiKey.LIST_OFFSETS;
import static io.heddle.simulator.protocol.ApiKey.LIST_TRANSACTIONS;
import static io.heddle.simulator.protocol.ApiKey.METADATA;
import static io.heddle.simulator.protocol.ApiKey.OFFSET_COMMIT;
import static io.heddle.simulator.protocol.ApiKey.OFFSET_FETCH;
import static io.heddle.simulator.protocol.ApiKey.OFFSET_FOR_LEADER_EPOCH;
import static io.heddle.simulator.protocol.ApiKey.PRODUCE;
import static io.heddle.simulator.protocol.ApiKey.SYNC_GROUP;
import static io.heddle.simulator.protocol.ApiKey.TXN_OFFSET_COMMIT;

import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.CreateTopicsRequest;
import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DeleteRecordsRequest;
import io.heddle.simulator.protocol.DeleteTopicsRequest;
import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.DescribeTransactionsRequest;
import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListTransactionsRequest;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetForLeaderEpochRequest;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;

/** Which handler serves which API. */
final class Handlers {
  private final ClusterParts parts;
  private final RequestTable table = new RequestTable();

  private Handlers(ClusterParts parts) {
    this.parts = parts;
  }

  static RequestTable of(ClusterParts parts) {
    Handlers handlers = new Handlers(parts);
    Enrolment enrolment =
        new Enrolment(
            parts.transactions,
            parts.transactionSeats(),
            parts.brokers,
            parts.settings.transactions(),
            parts.surroundings);
    handlers.registerTopicRequests(enrolment);
    handlers.registerGroupRequests();
    handlers.registerTransactionRequests(enrolment);
    AdminHandlers.register(handlers.table, parts);
    return handlers.table;
  }

  private void registerTopicRequests(Enrolment enrolment) {
    Topics topics = parts.topics;
    table
        .with(PRODUCE, ProduceRequest.class, new ProduceApi(topics, parts.surroundings, enrolment))
        .with(FETCH, FetchRequest.class, new FetchApi(topics, parts.surroundings))
        .with(LIST_OFFSETS, ListOffsetsRequest.class, new ListOffsetsApi(topics))
        .with(
            OFFSET_FOR_LEADER_EPOCH,
            OffsetForLeaderEpochRequest.class,
            new OffsetForLeaderEpochApi(topics))
        .with(
            METADATA,
            MetadataRequest.class,
            new MetadataApi(topics, parts.administration, parts.brokers, parts.settings))
        .with(
            CREATE_TOPICS,
            CreateTopicsRequest.class,
            new CreateTopicsApi(
                topics, parts.administration, parts.brokers, parts.surroundings, parts.settings))
        .with(
            DELETE_TOPICS,
            DeleteTopicsRequest.class,
            new DeleteTopicsApi(topics, parts.administration))
        .with(
            DELETE_RECORDS,
            DeleteRecordsRequest.class,
            new DeleteRecordsApi(topics, parts.maintenance));
  }

  private void registerTransactionRequests(Enrolment enrolment) {
    Coordinators seats = parts.transactionSeats();
    table
        .with(
            INIT_PRODUCER_ID,
            InitProducerIdRequest.class,
            new InitProducerIdApi(parts.producerIds, seats, parts.transactions))
        .with(END_TXN, EndTxnRequest.class, new EndTxnApi(seats, parts.transactions))
        .with(
            TXN_OFFSET_COMMIT,
            TxnOffsetCommitRequest.class,
            new TxnOffsetCommitApi(
                parts.groupSeats(),
                parts.groups.groups(),
                parts.topics,
                parts.offsets,
                enrolment,
                parts.surroundings,
                parts.settings.groups().offsetMetadataMaxBytes()))
        .with(
            DESCRIBE_TRANSACTIONS,
            DescribeTransactionsRequest.class,
            new DescribeTransactionsApi(seats, parts.transactions))
        .with(
            LIST_TRANSACTIONS,
            ListTransactionsRequest.class,
            new ListTransactionsApi(seats, parts.transactions, parts.surroundings));
  }

  private void registerGroupRequests() {
    Coordinators seats = parts.groupSeats();
    GroupCoordinator groups = parts.groups;
    GroupSettings settings = parts.settings.groups();
    table
        .with(
            FIND_COORDINATOR,
            FindCoordinatorRequest.class,
            new FindCoordinatorApi(seats, parts.transactionSeats()))
        .with(
            JOIN_GROUP,
            JoinGroupRequest.class,
            new JoinGroupApi(seats, groups, settings, parts.surroundings))
        .with(SYNC_GROUP, SyncGroupRequest.class, new SyncGroupApi(seats, groups))
        .with(HEARTBEAT, HeartbeatRequest.class, new HeartbeatApi(seats, groups))
        .with(LEAVE_GROUP, LeaveGroupRequest.class, new LeaveGroupApi(seats, groups))
        .with(
            DESCRIBE_GROUPS,
            DescribeGroupsRequest.class,
            new DescribeGroupsApi(seats, groups.groups()))
        .with(LIST_GROUPS, ListGroupsRequest.class, new ListGroupsApi(seats, groups.groups()))
        .with(
            DELETE_GROUPS,
            DeleteGroupsRequest.class,
            new DeleteGroupsApi(seats, groups, parts.offsets))
        .with(
            OFFSET_COMMIT,
            OffsetCommitRequest.class,
            new OffsetCommitApi(
                seats,
                groups,
                parts.topics,
                parts.offsets,
                parts.surroundings,
                settings.offsetMetadataMaxBytes()))
        .with(
            OFFSET_FETCH,
            OffsetFetchRequest.class,
            new OffsetFetchApi(seats, groups.groups(), parts.offsets))
        .with(
            CONSUMER_GROUP_HEARTBEAT,
            ConsumerGroupHeartbeatRequest.class,
            new ConsumerGroupHeartbeatApi(seats, groups.consumers()))
        .with(
            CONSUMER_GROUP_DESCRIBE,
            ConsumerGroupDescribeRequest.class,
            new ConsumerGroupDescribeApi(seats, groups.groups(), parts.topics));
  }
}
