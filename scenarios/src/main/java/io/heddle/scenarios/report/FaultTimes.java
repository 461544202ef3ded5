package io.heddle.scenarios.report;

import java.util.ArrayList;
import java.util.List;

/** When faults struck. */
public final class FaultTimes {
  /** How many times are kept at most; the first ones are. */
  public static final int MOST = 1_000;

  private final List<Strike> strikes = new ArrayList<>();
  private long leftOut;

  FaultTimes() {}

  /**
   * A fault struck once.
   *
   * @param lastsNanos how long its effect lasts, zero where it is over at once
   */
  public record Strike(String fault, long atNanos, long lastsNanos) {}

  void fired(String fault, long atNanos, long lastsNanos) {
    if (strikes.size() < MOST) {
      strikes.add(new Strike(fault, atNanos, lastsNanos));
    } else {
      leftOut++;
    }
  }

  /** The times in their order. */
  public List<Strike> all() {
    return List.copyOf(strikes);
  }

  /** How many there were beyond {@link #MOST}. */
  public long leftOut() {
    return leftOut;
  }
}
