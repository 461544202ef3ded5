package io.heddle.scenarios.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LoadProfileTest {
  private static final double SECOND = 1e9;

  private static LoadPlan plan(int ramp, int warmUp, int lasting, int steps, boolean poisson) {
    return new LoadPlan(
        OptionalDouble.of(100),
        Duration.ofSeconds(ramp),
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(lasting),
        steps,
        poisson,
        0,
        true);
  }

  @Test
  void spacesRecordsOfAConstantRateEvenly() {
    LoadProfile profile = LoadProfile.of(plan(0, 0, 10, 1, false), 100);

    assertThat(profile.dueNanos(0)).isZero();
    assertThat(profile.dueNanos(1)).isCloseTo(0.01 * SECOND, within(1.0));
    assertThat(profile.dueNanos(999)).isCloseTo(9.99 * SECOND, within(1.0));
    assertThat(profile.endNanos()).isEqualTo(10_000_000_000L);
  }

  @Test
  void climbsEvenlyOnARamp() {
    // 10 s from 0/s to 100/s are 500 records, a quarter of which are due in the first half.
    LoadProfile profile = LoadProfile.of(plan(10, 0, 10, 1, false), 100);

    assertThat(profile.dueNanos(125)).isCloseTo(5 * SECOND, within(10.0));
    assertThat(profile.dueNanos(500)).isCloseTo(10 * SECOND, within(10.0));
    assertThat(profile.dueNanos(600)).isCloseTo(11 * SECOND, within(10.0));
    assertThat(profile.measures(9_999_999_999L)).isFalse();
    assertThat(profile.measures(10_000_000_000L)).isTrue();
  }

  @Test
  void reachesTheRateInSteps() {
    LoadProfile profile = LoadProfile.of(plan(0, 5, 10, 2, false), 100);

    assertThat(profile.phases())
        .containsExactly(
            new Phase("warm-up", Phase.Kind.WARM_UP, 0, 5_000_000_000L, 50, 50),
            new Phase("step 1", Phase.Kind.MEASURED, 5_000_000_000L, 10_000_000_000L, 50, 50),
            new Phase("step 2", Phase.Kind.MEASURED, 10_000_000_000L, 15_000_000_000L, 100, 100));
    assertThat(profile.dueNanos(250 + 250 + 50)).isCloseTo(10.5 * SECOND, within(10.0));
  }

  @Test
  void drawsDistancesThatAverageToTheRate() {
    LoadProfile profile = LoadProfile.of(plan(0, 0, 1_000, 1, true), 100);
    LoadProfile.Pace pace = new LoadProfile.Pace(profile, 1, true);
    Choices.Stream choices = new SeededChoices(5).stream("arrivals");
    double before = 0;
    double squares = 0;
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      double due = pace.nextNanos(i, choices::unit);
      squares += (due - before) * (due - before);
      before = due;
    }

    double mean = before / count;
    assertThat(mean).isCloseTo(0.01 * SECOND, within(0.0003 * SECOND));
    // As wide as long, which tells an exponential distribution from equal distances.
    double deviation = Math.sqrt(squares / count - mean * mean);
    assertThat(deviation).isCloseTo(mean, within(0.05 * mean));
  }

  @Test
  void givesEachWorkloadItsShare() {
    LoadProfile profile = LoadProfile.of(plan(0, 0, 10, 1, false), 100);
    LoadProfile.Pace quarter = new LoadProfile.Pace(profile, 0.25, false);

    assertThat(quarter.nextNanos(1, () -> 0)).isCloseTo(0.04 * SECOND, within(1.0));
  }

  @Test
  void refusesWhatAClosedLoopHasNot() {
    assertThatThrownBy(
            () ->
                new LoadPlan(
                    OptionalDouble.of(5),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    1,
                    false,
                    4,
                    true))
        .hasMessage("a closed loop has no rate");
    assertThatThrownBy(
            () ->
                new LoadPlan(
                    OptionalDouble.empty(),
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    1,
                    false,
                    4,
                    true))
        .hasMessage("a closed loop has no ramp, no steps and no distances between its records");
  }
}
