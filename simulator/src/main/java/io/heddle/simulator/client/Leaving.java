package io.heddle.simulator.client;

/**
 * Whether a consumer that is closed leaves its group: {@code
 * CloseOptions.GroupMembershipOperation}, which kafka-clients 4.0 does not have.
 */
enum Leaving {
  LEAVE_GROUP,
  REMAIN_IN_GROUP,
  DEFAULT
}
