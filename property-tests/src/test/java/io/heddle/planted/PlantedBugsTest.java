package io.heddle.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each hazard and each bug that others had: the engine with it breaks what it has to break, and the
 * engine without it passes the same runs. Of the mistakes of our own making, a fixed slice.
 */
class PlantedBugsTest {
  /** Of our own mistakes every so many is tried here; {@code campaign detection} tries them all. */
  private static final int EVERY = 4;

  @TestFactory
  Stream<DynamicTest> aKnownBugIsFound() {
    return Plants.all().stream().filter(Plant::isKnown).map(PlantedBugsTest::test);
  }

  @TestFactory
  Stream<DynamicTest> aBugOfOurOwnIsFound() {
    List<Plant> own = Plants.all().stream().filter(plant -> !plant.isKnown()).toList();
    return Stream.iterate(0, i -> i < own.size(), i -> i + EVERY)
        .map(own::get)
        .map(PlantedBugsTest::test);
  }

  @Test
  void allOthersCanBePlantedToo() {
    List<Plant> own = Plants.all().stream().filter(plant -> !plant.isKnown()).toList();

    assertThat(own)
        .isNotEmpty()
        .allSatisfy(
            plant -> assertThat(Compilation.of(plant.name(), Sources.changed(plant))).isNotEmpty());
  }

  private static DynamicTest test(Plant plant) {
    return DynamicTest.dynamicTest(plant.name(), () -> isFound(plant));
  }

  private static void isFound(Plant plant) {
    Detection detection = Detection.of(plant, PlantedEngine.with(plant), plant.seeds());

    assertThat(detection.broken())
        .as("what the first %d seeds of %s break: %s", plant.seeds(), plant.trial(), detection)
        .contains(plant.breaks());
    assertThat(PlantedEngine.sound().run(plant.trial(), detection.seed(), false))
        .as("what the engine itself breaks with seed %d", detection.seed())
        .isEmpty();
  }
}
