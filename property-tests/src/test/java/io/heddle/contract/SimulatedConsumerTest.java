package io.heddle.contract;

/** The simulator's consumer keeps Kafka's contracts. */
class SimulatedConsumerTest
    implements SubscriptionContract,
        PositionContract,
        LogOffsetsContract,
        CommitContract,
        AsyncCommitContract,
        FlowContract,
        LifecycleContract,
        RecordContract,
        GroupContract,
        ListenerContract,
        FencingContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body);
  }
}
