package io.heddle.contract;

/** A real Kafka keeps the contracts, which is what makes them Kafka's. */
class RealConsumerTest
    implements SubscriptionContract,
        PositionContract,
        StartContract,
        LogOffsetsContract,
        CommitContract,
        AsyncCommitContract,
        FlowContract,
        ConnectionContract,
        LifecycleContract,
        RecordContract,
        GroupContract,
        QueuedLeaveContract,
        ListenerContract,
        ResubscriptionContract,
        MissingTopicContract,
        FencingContract,
        DurationResetContract,
        AutoCommitContract {
  @Override
  public void run(Body body) throws Exception {
    RealArm.run(body);
  }
}
