package io.heddle.contract;

/** The simulator's producer keeps Kafka's contracts. */
class SimulatedProducerTest
    implements SendContract,
        SendFailureContract,
        BatchContract,
        SplitContract,
        ProducerLifecycleContract,
        RetryContract,
        TransactionContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body);
  }
}
