package io.heddle.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Scenario;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Shipped scenarios that say which planted bug they find. */
class LibraryTest {
  private static final Pattern NAMES = Pattern.compile("It finds the planted bug ([a-z-]+)\\.");

  @TestFactory
  Stream<DynamicTest> findsThePlantedBugThatItNames() {
    return ScenarioLibrary.names().stream()
        .filter(name -> bug(name).isPresent())
        .map(name -> DynamicTest.dynamicTest(name, () -> isFound(name)));
  }

  @Test
  void eachThatIsATrialSaysOfWhat() {
    assertThat(Plants.all())
        .filteredOn(plant -> isShipped(plant.trial()))
        .isNotEmpty()
        .allSatisfy(plant -> assertThat(bug(plant.trial())).contains(plant.name()));
  }

  /** A trial of its own counts for more than a scenario of its name. */
  private static boolean isShipped(String trial) {
    return ScenarioLibrary.names().contains(trial)
        && LibraryTest.class.getResource("/planted/trials/" + trial + ".yaml") == null;
  }

  private static Optional<String> bug(String name) {
    Matcher named = NAMES.matcher(ScenarioLibrary.load(name).about().description());
    return named.find() ? Optional.of(named.group(1)) : Optional.empty();
  }

  /** With the seed that the scenario has by itself. */
  private static void isFound(String name) throws Exception {
    Scenario scenario = ScenarioLibrary.load(name);
    Plant plant =
        Plants.all().stream()
            .filter(each -> each.name().equals(bug(name).orElseThrow()))
            .findFirst()
            .orElseThrow();
    long seed = scenario.seeds().from();

    assertThat(plant.trial()).isEqualTo(name);
    assertThat(PlantedEngine.with(plant).run(name, seed, false))
        .extracting(violation -> violation.invariant())
        .contains(plant.breaks());
    assertThat(PlantedEngine.sound().run(name, seed, false)).isEmpty();
  }
}
