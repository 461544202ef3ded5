package io.heddle.contract;

/** The simulator keeps Kafka's contracts about a consumer's details. */
class SimulatedConsumerDetailsTest
    implements TopicLookupContract,
        BrokenListenerContract,
        MarkerPositionContract,
        PollOrderContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body);
  }
}
