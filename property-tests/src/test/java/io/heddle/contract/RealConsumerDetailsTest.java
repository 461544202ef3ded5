package io.heddle.contract;

/** A real Kafka keeps the contracts about a consumer's details. */
class RealConsumerDetailsTest
    implements TopicLookupContract,
        BrokenListenerContract,
        MarkerPositionContract,
        PollOrderContract {
  @Override
  public void run(Body body) throws Exception {
    RealArm.run(body);
  }
}
