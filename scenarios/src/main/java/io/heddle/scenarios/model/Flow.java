package io.heddle.scenarios.model;

/**
 * How much of a partition may be under way before its intake stops until half of it is worked off.
 * Soft: what one poll returns is taken whole.
 *
 * @param records how many are worked on or wait for it
 * @param bytes those of their keys and values
 * @param behindGap how many are complete behind one that is not
 */
public record Flow(int records, long bytes, int behindGap) {
  private static final long MOST_BYTES = 1L << 40;

  /** A thousand records, and else the engine's own defaults. */
  public static final Flow DEFAULT = new Flow(1_000, 64L << 20, 100_000);

  /** Refuses limits below 1. */
  public Flow {
    Require.between("max-in-flight", records, 1, 1_000_000_000);
    Require.that(bytes >= 1, "max-in-flight-bytes must be at least 1B, was 0B");
    Require.that(
        bytes <= MOST_BYTES,
        "max-in-flight-bytes must be at most "
            + Units.formatBytes(MOST_BYTES)
            + ", was "
            + Units.formatBytes(bytes));
    Require.between("max-behind-gap", behindGap, 1, 1_000_000_000);
  }

  /** The same with so many records. */
  public Flow withRecords(int value) {
    return new Flow(value, bytes, behindGap);
  }

  /** The same with so many bytes. */
  public Flow withBytes(long value) {
    return new Flow(records, value, behindGap);
  }

  /** The same with so many records behind a gap. */
  public Flow withBehindGap(int value) {
    return new Flow(records, bytes, value);
  }
}
