package io.heddle.scenarios.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final int DRAWS = 100_000;

  @Test
  void goesRoundInTurn() {
    Keys.Sampler sampler = new Keys.Sequential(3).sampler();

    assertThat(List.of(sampler.next(() -> 0), sampler.next(() -> 0), sampler.next(() -> 0)))
        .containsExactly(0, 1, 2);
    assertThat(sampler.next(() -> 0)).isZero();
    assertThat(new Keys.Sequential(3).sampler().next(() -> 0)).isZero();
  }

  @Test
  void givesEachKeyTheSameShare() {
    assertThat(shares(new Keys.Uniform(4))).containsExactly(0.25, 0.25, 0.25, 0.25);
  }

  @Test
  void givesTheFirstKeysOfAZipfLawTheLargestShares() {
    double[] shares = shares(new Keys.Zipf(1, 3));

    assertThat(shares[0]).isCloseTo(6.0 / 11, within(1e-4));
    assertThat(shares[1]).isCloseTo(3.0 / 11, within(1e-4));
    assertThat(shares[2]).isCloseTo(2.0 / 11, within(1e-4));
  }

  @Test
  void givesTheHotKeyItsShareAndTheOthersTheRest() {
    double[] shares = shares(new Keys.Hot(0.4, 4));

    assertThat(shares[0]).isCloseTo(0.4, within(1e-4));
    assertThat(shares[1]).isCloseTo(0.2, within(1e-4));
    assertThat(shares[3]).isCloseTo(0.2, within(1e-4));
  }

  @Test
  void staysWithinTheKeysAtBothEndsOfADraw() {
    for (Keys keys :
        List.of(
            new Keys.Uniform(3),
            new Keys.Zipf(10, 3),
            new Keys.Hot(0, 3),
            new Keys.Hot(1, 3),
            new Keys.Single())) {
      assertThat(keys.sampler().next(() -> 0)).isBetween(0, keys.count() - 1);
      assertThat(keys.sampler().next(() -> Math.nextDown(1.0))).isBetween(0, keys.count() - 1);
    }
  }

  private static double[] shares(Keys keys) {
    double[] shares = new double[keys.count()];
    Keys.Sampler sampler = keys.sampler();
    for (int i = 0; i < DRAWS; i++) {
      double draw = (i + 0.5) / DRAWS;
      shares[sampler.next(() -> draw)]++;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= DRAWS;
    }
    return shares;
  }
}
