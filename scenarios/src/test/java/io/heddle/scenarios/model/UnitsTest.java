package io.heddle.scenarios.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnitsTest {
  @Test
  void writesDurationsInTheLargestUnitThatDividesThem() {
    assertThat(Units.format(Duration.ZERO)).isEqualTo("0s");
    assertThat(Units.format(Duration.ofHours(2))).isEqualTo("2h");
    assertThat(Units.format(Duration.ofMillis(1_500))).isEqualTo("1500ms");
    assertThat(Units.formatNanos(1_000_001)).isEqualTo("1000001ns");
    assertThat(Units.format(Duration.ofMillis(-5))).isEqualTo("-5ms");
  }

  @Test
  void writesSizesInTheLargestUnitThatDividesThem() {
    assertThat(Units.formatBytes(0)).isEqualTo("0B");
    assertThat(Units.formatBytes(2048)).isEqualTo("2KB");
    assertThat(Units.formatBytes(1000)).isEqualTo("1000B");
  }

  @Test
  void writesNumbersWithoutExponents() {
    assertThat(Units.formatRate(1e7)).isEqualTo("10000000/s");
    assertThat(Units.formatShare(0.001)).isEqualTo("0.1%");
    assertThat(Units.formatShare(0.07)).isEqualTo("7%");
    assertThat(Units.formatNumber(0)).isEqualTo("0");
  }
}
