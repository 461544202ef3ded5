package io.heddle.contract;

/** A real Kafka keeps the contracts of administrators, which is what makes them Kafka's. */
class RealAdminTest
    implements AdminContract,
        AdminGroupsContract,
        AdminOffsetsContract,
        TopicAdminContract,
        UserContract {
  @Override
  public void run(Body body) throws Exception {
    RealArm.run(body);
  }
}
