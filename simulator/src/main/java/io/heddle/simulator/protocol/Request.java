package io.heddle.simulator.protocol;

/** A request of Kafka's protocol. Immutable. */
public sealed interface Request
    permits CreateTopicsRequest,
        DeleteGroupsRequest,
        DeleteRecordsRequest,
        DeleteTopicsRequest,
        DescribeGroupsRequest,
        DescribeTransactionsRequest,
        EndTxnRequest,
        FetchRequest,
        FindCoordinatorRequest,
        HeartbeatRequest,
        InitProducerIdRequest,
        JoinGroupRequest,
        LeaveGroupRequest,
        ListGroupsRequest,
        ListOffsetsRequest,
        ListTransactionsRequest,
        MetadataRequest,
        OffsetCommitRequest,
        OffsetFetchRequest,
        ProduceRequest,
        SyncGroupRequest,
        TxnOffsetCommitRequest {
  /** Which API this is a request of. */
  ApiKey api();

  /** The response with which a broker refuses the whole of this request. */
  Response refusal(ErrorCode error);
}
