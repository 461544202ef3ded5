package io.heddle.contract;

/** The simulator's consumer keeps Kafka's contracts. */
class SimulatedConsumerTest
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
    SimulatedArm.run(body);
  }
}
