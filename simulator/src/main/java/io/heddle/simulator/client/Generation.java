package io.heddle.simulator.client;

/**
 * A member's place in its group.
 *
 * @param id -1 while it has none
 * @param memberId empty while it has none
 * @param protocol the assignor's name, empty while there is none
 */
record Generation(int id, String memberId, String protocol) {
  static final Generation NONE = new Generation(-1, "", "");

  boolean exists() {
    return id >= 0 && !memberId.isEmpty();
  }
}
