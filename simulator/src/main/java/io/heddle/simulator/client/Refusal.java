package io.heddle.simulator.client;

/** Says by name what the simulator does not model. */
final class Refusal {
  private Refusal() {}

  static UnsupportedOperationException notModelled(String what) {
    return new UnsupportedOperationException(what + " is not modelled by the simulator");
  }
}
