package io.heddle.cli;

import java.util.Locale;

/** Numbers for people. */
final class Units {
  private Units() {}

  /** {@code 1,000}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1 fact}, {@code 1,000 facts}. */
  static String count(long count, String singular) {
    return count(count) + " " + singular + (count == 1 ? "" : "s");
  }

  /** A latency: {@code 812 µs}, {@code 8.04 ms}, {@code 14.2 s}, {@code 12.5 min}. */
  static String micros(long micros) {
    if (micros < 1_000) {
      return micros + " µs";
    }
    return micros < 999_500
        ? threeDigits(micros / 1e3) + " ms"
        : micros < 600_000_000
            ? threeDigits(micros / 1e6) + " s"
            : threeDigits(micros / 60e6) + " min";
  }

  /** How long something took: {@code 0.31 s}, {@code 14.2 s}, {@code 12.5 min}, {@code 2.10 h}. */
  static String duration(long millis) {
    if (millis < 600_000) {
      return threeDigits(millis / 1e3) + " s";
    }
    return millis < 7_200_000
        ? threeDigits(millis / 60e3) + " min"
        : threeDigits(millis / 3_600e3) + " h";
  }

  /** A point in scenario time, to the millisecond: {@code 3.204 s}. */
  static String instant(long millis) {
    return String.format(Locale.ROOT, "%,.3f s", millis / 1e3);
  }

  /** {@code 0.43}, {@code 8.04}, {@code 80.4}, {@code 804}, {@code 1,804}. */
  static String threeDigits(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
