package io.heddle.contract;

/** The simulator keeps Kafka's contracts with administrators. */
class SimulatedAdminTest
    implements AdminContract,
        AdminGroupsContract,
        AdminOffsetsContract,
        TopicAdminContract,
        UserContract {
  @Override
  public void run(Body body) throws Exception {
    SimulatedArm.run(body);
  }
}
