package io.heddle.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long something may take. */
final class TimeSpan {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private TimeSpan() {}

  /** Reads {@code 500ms}, {@code 30s}, {@code 5m} or {@code 1h}. */
  static Duration parse(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a time is written as in 500ms, 30s, 5m or 1h");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration span =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    if (span.isZero() || span.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("it must be more than nothing and at most 8760h");
    }
    return span;
  }
}
