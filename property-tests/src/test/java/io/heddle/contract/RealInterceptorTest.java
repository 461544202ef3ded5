package io.heddle.contract;

/** Kafka's own clients keep the contracts of interceptors, which is what makes them Kafka's. */
class RealInterceptorTest
    implements ProducerInterceptorContract, ConsumerInterceptorContract, ClusterListenerContract {
  @Override
  public void run(Body body) throws Exception {
    RealArm.run(body);
  }
}
