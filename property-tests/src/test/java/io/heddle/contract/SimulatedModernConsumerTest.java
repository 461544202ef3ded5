package io.heddle.contract;

/** The simulated Kafka keeps the contracts, which speaks the consumer protocol too. */
class SimulatedModernConsumerTest
    implements ModernGroupContract,
        TwinContract,
        MissingTopicContract,
        ModernListenerContract,
        ModernCommitContract,
        LeftFailureContract,
        PatternContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body);
  }
}
