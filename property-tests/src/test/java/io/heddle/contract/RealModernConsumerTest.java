package io.heddle.contract;

/** A real Kafka keeps the contracts, which speaks the consumer protocol too. */
class RealModernConsumerTest
    implements ModernGroupContract,
        TwinContract,
        MissingTopicContract,
        ModernListenerContract,
        ModernCommitContract,
        LeftFailureContract,
        PatternContract {
  @Override
  public void run(Body body) throws Exception {
    RealArm.run(body);
  }
}
