package io.heddle.campaign.clients;

/** The timestamps that traces give their records: long ago, so that nothing else has them. */
final class Times {
  private static final long LATEST = 1_000_000;

  private Times() {}

  /** Whether a trace has chosen it, and not a clock. */
  static boolean isExplicit(long timestamp) {
    return timestamp < LATEST;
  }
}
