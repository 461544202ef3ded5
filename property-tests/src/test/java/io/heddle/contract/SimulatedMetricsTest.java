package io.heddle.contract;

/** The simulated Kafka's clients measure what Kafka's do. */
class SimulatedMetricsTest implements ConsumerMetricsContract, ProducerMetricsContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body);
  }
}
