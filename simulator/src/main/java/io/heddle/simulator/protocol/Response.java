package io.heddle.simulator.protocol;

/** A response of Kafka's protocol. Immutable. */
public sealed interface Response
    permits CreateTopicsResponse,
        DeleteGroupsResponse,
        DeleteRecordsResponse,
        DeleteTopicsResponse,
        DescribeGroupsResponse,
        FetchResponse,
        FindCoordinatorResponse,
        HeartbeatResponse,
        InitProducerIdResponse,
        JoinGroupResponse,
        LeaveGroupResponse,
        ListGroupsResponse,
        ListOffsetsResponse,
        MetadataResponse,
        OffsetCommitResponse,
        OffsetFetchResponse,
        ProduceResponse,
        SyncGroupResponse {}
