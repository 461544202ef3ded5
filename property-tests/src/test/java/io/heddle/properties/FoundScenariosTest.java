package io.heddle.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the properties have found, cut down. A file expects {@code passed} if what it shows is
 * mended and the violation that it shows if not.
 */
class FoundScenariosTest {
  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "found"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void comesOutAsItsFileExpects(Path file) {
    Scenario scenario = ScenarioReader.read(file);

    List<RunResult.Violation> found =
        Run.of(scenario, scenario.seeds().from()).simulate().violations();

    String outcome = found.isEmpty() ? Expect.PASSED : found.get(0).invariant();
    assertThat(outcome).as(found.toString()).isEqualTo(scenario.expect().outcome());
  }
}
