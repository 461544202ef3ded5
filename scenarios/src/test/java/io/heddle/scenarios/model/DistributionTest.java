package io.heddle.scenarios.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final int DRAWS = 100_000;

  @Test
  void drawsNothingForAConstant() {
    DoubleSupplier never =
        () -> {
          throw new AssertionError("drawn");
        };

    assertThat(new Distribution.Constant(7).sample(never)).isEqualTo(7);
  }

  @Test
  void reachesBothEndsOfAUniformDistribution() {
    Distribution die = new Distribution.Uniform(1, 6);

    assertThat(die.sample(() -> 0)).isEqualTo(1);
    assertThat(die.sample(() -> Math.nextDown(1.0))).isEqualTo(6);
    assertThat(mean(evenly(die))).isCloseTo(3.5, within(0.001));
  }

  @Test
  void hasTheMeanAndTheMedianOfTheExponentialDistribution() {
    long[] samples = evenly(new Distribution.Exponential(1_000_000));

    assertThat(mean(samples)).isCloseTo(1_000_000, within(1_000.0));
    assertThat(samples[DRAWS / 2]).isCloseTo(693_147, within(20L));
  }

  @Test
  void hasTheQuantilesOfTheLogNormalDistribution() {
    long[] samples = evenly(new Distribution.LogNormal(5_000_000, 0.7));

    assertThat(samples[DRAWS / 2]).isCloseTo(5_000_000, within(100L));
    assertThat(samples[DRAWS * 99 / 100] / 5_000_000.0)
        .isCloseTo(Math.exp(0.7 * 2.3263478740), within(0.001));
    assertThat(samples[DRAWS / 100] / 5_000_000.0)
        .isCloseTo(Math.exp(0.7 * -2.3263478740), within(0.001));
    assertThat(mean(samples)).isCloseTo(5_000_000 * Math.exp(0.245), within(5_000.0));
  }

  @Test
  void givesTheMedianForEveryDrawIfSigmaIsZero() {
    Distribution flat = new Distribution.LogNormal(42, 0);

    assertThat(flat.sample(() -> 0.001)).isEqualTo(42);
    assertThat(flat.sample(() -> 0.999)).isEqualTo(42);
  }

  @Test
  void growsWithTheDrawAndStaysWithinBounds() {
    for (Distribution law :
        List.of(
            new Distribution.Uniform(0, Distribution.LARGEST),
            new Distribution.Exponential(Distribution.LARGEST),
            new Distribution.LogNormal(Distribution.LARGEST, 5))) {
      long[] samples = inOrder(law);

      assertThat(samples).isSorted();
      assertThat(samples[0]).isNotNegative();
      assertThat(law.sample(() -> 0)).isBetween(0L, Distribution.LARGEST);
      assertThat(law.sample(() -> Math.nextDown(1.0))).isBetween(0L, Distribution.LARGEST);
    }
  }

  @Test
  void givesTheSameSamplesOnEveryMachine() {
    Distribution law = new Distribution.LogNormal(5_000_000, 0.5);

    assertThat(
            List.of(
                law.sample(() -> 0.01),
                law.sample(() -> 0.25),
                law.sample(() -> 0.5),
                law.sample(() -> 0.9),
                law.sample(() -> 0.99)))
        .containsExactly(1_562_464L, 3_568_670L, 5_000_000L, 9_489_764L, 16_000_370L);
  }

  @Test
  void refusesLawsThatNothingCanFollow() {
    assertThatThrownBy(() -> new Distribution.Constant(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("constant must be at least 0, was -1");
    assertThatThrownBy(() -> new Distribution.Uniform(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uniform must not start above its end, was [2, 1]");
    assertThatThrownBy(() -> new Distribution.Exponential(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exponential must be at least 1, was 0");
    assertThatThrownBy(() -> new Distribution.LogNormal(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lognormal must have a sigma from 0 to 5, was NaN");
  }

  private static long[] inOrder(Distribution law) {
    long[] samples = new long[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      double draw = (i + 0.5) / DRAWS;
      samples[i] = law.sample(() -> draw);
    }
    return samples;
  }

  private static long[] evenly(Distribution law) {
    long[] samples = inOrder(law);
    Arrays.sort(samples);
    return samples;
  }

  private static double mean(long[] samples) {
    return Arrays.stream(samples).average().orElseThrow();
  }
}
