package io.heddle.properties.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.check.CheckReport;
import io.heddle.simulator.check.Checks;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wrong applications are found out by the right checker, and a right one is not blamed. */
class PlantedMistakesTest {
  private static final int SEEDS = 20;

  @ParameterizedTest
  @EnumSource
  void isFoundByTheCheckerOfWhatItBreaks(Mistake mistake) throws Exception {
    long seed = 1;
    while (seed <= SEEDS && !breaks(PlantedRun.of(seed, EnumSet.of(mistake)), mistake)) {
      seed++;
    }

    assertThat(seed).as("the first seed that shows it").isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void theSameApplicationWithoutMistakesPasses() throws Exception {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Checks checks = PlantedRun.of(seed, Set.of());

      assertThat(checks.violations()).as("seed %d", seed).isEmpty();
      assertThat(checks.reports()).as("seed %d", seed).noneMatch(CheckReport::vacuous);
    }
  }

  private static boolean breaks(Checks checks, Mistake mistake) {
    return checks.reports().stream()
        .anyMatch(report -> report.invariant().equals(mistake.broken().label()) && !report.holds());
  }
}
