package io.heddle.contract;

/** A real Kafka's producer keeps the contracts, which is what makes them Kafka's. */
class RealProducerTest
    implements SendContract,
        SendFailureContract,
        BatchContract,
        SplitContract,
        ProducerLifecycleContract,
        RetryContract,
        TransactionContract {
  @Override
  public void run(Body body) throws Exception {
    RealArm.run(body);
  }
}
