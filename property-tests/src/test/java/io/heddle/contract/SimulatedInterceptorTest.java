package io.heddle.contract;

/** The simulator's clients call interceptors as Kafka's do. */
class SimulatedInterceptorTest
    implements ProducerInterceptorContract, ConsumerInterceptorContract, ClusterListenerContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body);
  }
}
