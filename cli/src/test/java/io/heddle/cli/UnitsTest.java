package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 µs",
    "999, 999 µs",
    "1000, 1.00 ms",
    "8040, 8.04 ms",
    "9996, 10.0 ms",
    "99960, 100 ms",
    "999499, 999 ms",
    "999500, 1.00 s",
    "599900000, 600 s",
    "750000000, 12.5 min"
  })
  void writesLatenciesInThreeDigits(long micros, String text) {
    assertThat(Units.micros(micros)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00 s", "310, 0.31 s", "14200, 14.2 s", "750000, 12.5 min", "7560000, 2.10 h"})
  void writesDurations(long millis, String text) {
    assertThat(Units.duration(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 facts", "1, 1 fact", "'1234567', '1,234,567 facts'"})
  void writesCounts(long count, String text) {
    assertThat(Units.count(count, "fact")).isEqualTo(text);
  }
}
