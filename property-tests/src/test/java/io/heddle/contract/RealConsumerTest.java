package io.heddle.contract;

/** A real Kafka keeps the contracts, which is what makes them Kafka's. */
class RealConsumerTest
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
    RealArm.run(body);
  }
}
