package io.heddle.contract;

/** What Kafka's own clients measure. */
class RealMetricsTest implements ConsumerMetricsContract, ProducerMetricsContract {
  @Override
  public void run(Body body) throws Exception {
    RealArm.run(body);
  }
}
