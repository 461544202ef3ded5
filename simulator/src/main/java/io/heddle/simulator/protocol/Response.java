package io.heddle.simulator.protocol;

/** A response of Kafka's protocol. Immutable. */
public sealed interface Response
    permits CreateTopicsResponse,
        DeleteGroupsResponse,
        DeleteRecordsResponse,
        DeleteTopicsResponse,
        DescribeGroupsResponse,
        DescribeTransactionsResponse,
        EndTxnResponse,
        FetchResponse,
        FindCoordinatorResponse,
        HeartbeatResponse,
        InitProducerIdResponse,
        JoinGroupResponse,
        LeaveGroupResponse,
        ListGroupsResponse,
        ListOffsetsResponse,
        ListTransactionsResponse,
        MetadataResponse,
        OffsetCommitResponse,
        OffsetFetchResponse,
        ProduceResponse,
        SyncGroupResponse,
        TxnOffsetCommitResponse {}
