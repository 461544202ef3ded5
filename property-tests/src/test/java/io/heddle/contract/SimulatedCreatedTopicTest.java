package io.heddle.contract;

/** The simulator makes topics that somebody asks for as Kafka does. */
class SimulatedCreatedTopicTest implements CreatedTopicContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body, true);
  }
}
