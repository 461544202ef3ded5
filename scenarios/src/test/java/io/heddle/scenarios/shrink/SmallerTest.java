package io.heddle.scenarios.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.model.Distribution;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SmallerTest {
  @Test
  void halvesANumberAndThenComesCloserToIt() {
    assertThat(Smaller.numbers(100L, 1)).containsExactly(1L, 51L, 76L, 88L, 94L, 97L, 99L);
    assertThat(Smaller.numbers(2, 1)).containsExactly(1);
    assertThat(Smaller.numbers(1, 1)).isEmpty();
  }

  @Test
  void shortensATimeToRoundOnes() {
    assertThat(Smaller.times(Duration.ofMillis(7), true))
        .containsExactly(
            Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5));
    assertThat(Smaller.times(Duration.ofMinutes(2), false))
        .startsWith(Duration.ofMillis(1))
        .endsWith(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(1))
        .isSorted();
    assertThat(Smaller.times(Duration.ZERO, true)).isEmpty();
  }

  @Test
  void takesChanceOutOfALaw() {
    assertThat(Smaller.laws(new Distribution.LogNormal(20_500, 1), 1_000))
        .containsExactly(
            new Distribution.Constant(1_000),
            new Distribution.Constant(20_000),
            new Distribution.Uniform(1_000, 40_000));
    assertThat(Smaller.laws(new Distribution.Constant(4_500), 1_000))
        .containsExactly(new Distribution.Constant(1_000), new Distribution.Constant(3_000));
    assertThat(Smaller.laws(new Distribution.Constant(1_000), 1_000)).isEmpty();
  }
}
