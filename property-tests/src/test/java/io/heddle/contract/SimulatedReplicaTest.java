package io.heddle.contract;

/** The simulator's brokers keep Kafka's contracts about replicas. */
class SimulatedReplicaTest implements ReplicaContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body);
  }
}
