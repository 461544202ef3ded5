package io.heddle.engine;

/**
 * How much of a partition may be in flight, polled and not complete, before it is paused until half
 * is worked off. Soft: what one poll returns is taken whole, and a single record may be larger.
 *
 * @param maxInFlightPerPartition records, at least 1
 * @param maxInFlightBytesPerPartition bytes of their keys and values, at least 1
 * @param maxBehindGapPerPartition records that are complete and wait for an earlier one, at least
 *     1: a restart may have to do them again
 */
public record FlowLimits(
    int maxInFlightPerPartition, long maxInFlightBytesPerPartition, int maxBehindGapPerPartition) {

  /** Checks. */
  public FlowLimits {
    Checks.atLeast(1, maxInFlightPerPartition, "maxInFlightPerPartition");
    Checks.atLeast(1, maxInFlightBytesPerPartition, "maxInFlightBytesPerPartition");
    Checks.atLeast(1, maxBehindGapPerPartition, "maxBehindGapPerPartition");
  }

  /** 10 000 records or 64 MiB, and 100 000 records behind a gap. */
  public static FlowLimits defaults() {
    return new FlowLimits(10_000, 64L << 20, 100_000);
  }

  /** This, with another {@code maxInFlightPerPartition}. */
  public FlowLimits withMaxInFlight(int records) {
    return new FlowLimits(records, maxInFlightBytesPerPartition, maxBehindGapPerPartition);
  }

  /** This, with another {@code maxInFlightBytesPerPartition}. */
  public FlowLimits withMaxInFlightBytes(long bytes) {
    return new FlowLimits(maxInFlightPerPartition, bytes, maxBehindGapPerPartition);
  }

  /** This, with another {@code maxBehindGapPerPartition}. */
  public FlowLimits withMaxBehindGap(int records) {
    return new FlowLimits(maxInFlightPerPartition, maxInFlightBytesPerPartition, records);
  }
}
