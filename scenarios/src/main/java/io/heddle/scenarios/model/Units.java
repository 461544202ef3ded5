package io.heddle.scenarios.model;

import java.math.BigDecimal;
import java.time.Duration;

/** How durations, sizes, rates and shares are spelled: {@code 5ms}, {@code 2KB}, {@code 1%}. */
public final class Units {
  private static final String[] TIME_NAMES = {"h", "m", "s", "ms", "us", "ns"};
  private static final long[] TIME_NANOS = {
    3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
  };
  private static final String[] SIZE_NAMES = {"GB", "MB", "KB", "B"};
  private static final long[] SIZE_BYTES = {1L << 30, 1L << 20, 1L << 10, 1L};

  private Units() {}

  /** The duration in the largest unit that divides it, for example {@code 1500ms}. */
  public static String format(Duration duration) {
    boolean fits = duration.abs().compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0;
    return fits ? formatNanos(duration.toNanos()) : duration.toSeconds() + "s";
  }

  /** As {@link #format(Duration)}, from nanoseconds. */
  public static String formatNanos(long nanos) {
    return nanos == 0 ? "0s" : format(nanos, TIME_NAMES, TIME_NANOS);
  }

  /** The size in the largest unit that divides it, for example {@code 2KB}; 1 KB is 1,024 bytes. */
  public static String formatBytes(long bytes) {
    return bytes == 0 ? "0B" : format(bytes, SIZE_NAMES, SIZE_BYTES);
  }

  /** A rate in events per second, for example {@code 2000/s}. */
  public static String formatRate(double perSecond) {
    return formatNumber(perSecond) + "/s";
  }

  /** A share between 0 and 1 as a percentage, for example {@code 0.1%}. */
  public static String formatShare(double share) {
    return plain(new BigDecimal(Double.toString(share)).movePointRight(2)) + "%";
  }

  /** A number without an exponent, which reads back as the same double. */
  public static String formatNumber(double number) {
    return plain(new BigDecimal(Double.toString(number)));
  }

  private static String format(long value, String[] names, long[] factors) {
    for (int i = 0; i < names.length; i++) {
      if (value % factors[i] == 0) {
        return value / factors[i] + names[i];
      }
    }
    throw new AssertionError("the last unit divides everything, not " + value);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
