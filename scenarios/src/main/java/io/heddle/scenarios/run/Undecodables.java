package io.heddle.scenarios.run;

/**
 * Which of a run's records the application cannot decode: always the same ones, whoever tries.
 *
 * @param share how many of them
 * @param salt which of them
 */
record Undecodables(double share, long salt) {
  /** What the application's decoder throws for such a record. */
  static final class UndecodableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private UndecodableException(Payload payload) {
      super(payload + " cannot be decoded");
    }
  }

  boolean contains(Payload payload) {
    if (share == 0) {
      return false;
    }
    long mixed = salt ^ (payload.sequence() * 31 + payload.workload() + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return ((mixed ^ mixed >>> 33) >>> 11) * 0x1.0p-53 < share;
  }

  static UndecodableException failure(Payload payload) {
    return new UndecodableException(payload);
  }
}
