package io.heddle.scenarios.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioLibrary.Entry;
import io.heddle.scenarios.model.Scenario;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioLibraryTest {
  static List<String> names() {
    return ScenarioLibrary.list().stream().map(Entry::name).toList();
  }

  @Test
  void listsEveryFileOfItsFolderAndNoOther() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(
                    ScenarioLibrary.class.getResource("/io/heddle/scenarios/library/"))
                .toURI());

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(names().stream().map(n -> n + ".yaml").toList());
    }
  }

  @Test
  void listsTheSimplestScenarioFirst() {
    assertThat(names()).containsExactly("quickstart", "naive-async", "rebalance-storm", "slow-key");
  }

  @ParameterizedTest
  @MethodSource("names")
  void loadsAScenarioThatIsNamedLikeItsFileAndDescribed(String name) {
    Scenario scenario = ScenarioLibrary.load(name);

    assertThat(scenario.name()).isEqualTo(name);
    assertThat(scenario.about().title()).isNotEqualTo(name);
    assertThat(scenario.about().description()).hasSizeGreaterThan(100);
    assertThat(scenario.about().tags()).isNotEmpty();
    assertThat(scenario.about().source()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void loadsTheSameScenarioFromWhatIsWrittenOfIt(String name) {
    Scenario scenario = ScenarioLibrary.load(name);
    String written = ScenarioWriter.write(scenario);

    Scenario again = ScenarioReader.read("written.yaml", written.getBytes(UTF_8));

    assertThat(again).isEqualTo(scenario);
    assertThat(ScenarioWriter.write(again)).isEqualTo(written);
  }

  @Test
  void keepsTheQuickstartShort() {
    Scenario quickstart = ScenarioLibrary.load("quickstart");

    assertThat(quickstart.limits().virtual().toSeconds()).isLessThanOrEqualTo(20);
    assertThat(quickstart.faults()).hasSize(5);
    assertThat(quickstart.expect().invariants()).hasSize(6);
  }

  @Test
  void meansTheNaiveScenarioToBreakTheOrderOfKeys() {
    assertThat(ScenarioLibrary.load("naive-async").expect().outcome()).isEqualTo("key-order");
  }

  @Test
  void loadsAFileByItsPath(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("copy.yaml");
    Scenario quickstart = ScenarioLibrary.load("quickstart");
    Files.writeString(file, ScenarioWriter.write(quickstart));

    assertThat(ScenarioLibrary.load(file.toString())).isEqualTo(quickstart);
  }

  @Test
  void namesTheNearestScenarioForAnUnknownOne() {
    assertThatThrownBy(() -> ScenarioLibrary.load("quikstart"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("there is no scenario 'quikstart'; did you mean 'quickstart'?");
  }

  @Test
  void listsTheScenariosForANameLikeNoneOfThem() {
    assertThatThrownBy(() -> ScenarioLibrary.load("kitchen"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            "there is no scenario 'kitchen'; known: quickstart, naive-async, rebalance-storm,"
                + " slow-key");
  }

  @Test
  void takesWhatLooksLikeAPathForAPath() {
    assertThatThrownBy(() -> ScenarioLibrary.load("missing/quickstart.yaml"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("missing/quickstart.yaml:1:1: there is no such file");
  }

  @Test
  void refusesANameThatNoFileSystemTakes() {
    assertThatThrownBy(() -> ScenarioLibrary.load("quick\0start.yaml"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("there is no scenario 'quick\\u0000start.yaml'; ");
  }

  @Test
  void refusesAnEmptyName() {
    assertThatThrownBy(() -> ScenarioLibrary.load(""))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("there is no scenario ''; known: ");
  }
}
