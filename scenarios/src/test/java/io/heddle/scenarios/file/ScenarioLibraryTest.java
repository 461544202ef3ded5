package io.heddle.scenarios.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioLibrary.Entry;
import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Swarm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioLibraryTest {
  private static final String TRAFFIC = "recorded-traffic.csv";

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
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(names().stream().map(n -> n + ".yaml"), Stream.of(TRAFFIC)).toList());
    }
  }

  @Test
  void listsTheSimplestScenarioFirst() {
    assertThat(names())
        .startsWith("quickstart", "naive-async")
        .endsWith("swarm")
        .hasSizeGreaterThanOrEqualTo(24);
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

  /**
   * It must come by a place that no other has to, or fail, or find a planted bug that it names:
   * {@code LibraryTest} of the property tests looks whether it does.
   */
  @Test
  void eachIsThereForSomethingOfItsOwn() {
    Map<String, Long> asked = new TreeMap<>();
    Map<String, List<String>> marks = new TreeMap<>();
    for (String name : names()) {
      Scenario scenario = ScenarioLibrary.load(name);
      if (scenario.expect().outcome().equals("passed")
          && !scenario.about().description().contains("It finds the planted bug ")
          && scenario.swarm().equals(Swarm.NONE)) {
        List<String> reached = scenario.expect().reached().stream().map(Mark::name).toList();
        marks.put(name, reached);
        reached.forEach(mark -> asked.merge(mark, 1L, Long::sum));
      }
    }

    assertThat(marks)
        .allSatisfy(
            (name, reached) ->
                assertThat(reached)
                    .as(name)
                    .anySatisfy(mark -> assertThat(asked.get(mark)).isEqualTo(1L)));
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
        .hasMessage("no scenario 'quikstart'; nearest: quickstart (heddle list)");
  }

  @Test
  void saysWhereTheNamesAreForANameLikeNoneOfThem() {
    assertThatThrownBy(() -> ScenarioLibrary.load("kitchen"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("no scenario 'kitchen'; see heddle list");
  }

  @Test
  void needsOneLineOfATerminalForAnyName() {
    for (String name : ScenarioLibrary.names()) {
      assertThatThrownBy(() -> ScenarioLibrary.load(name + "x"))
          .isInstanceOf(ScenarioException.class)
          .hasMessageEndingWith("; nearest: " + name + " (heddle list)")
          .satisfies(wrong -> assertThat("heddle: " + wrong.getMessage()).hasSizeLessThan(81));
    }
    assertThatThrownBy(() -> ScenarioLibrary.load("kitchen ".repeat(40)))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("no scenario 'kitchen kitchen ")
        .hasMessageEndingWith("…'; see heddle list")
        .satisfies(wrong -> assertThat("heddle: " + wrong.getMessage()).hasSize(80));
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
        .hasMessageStartingWith("no scenario 'quick\\u0000start.yaml'; ");
  }

  @Test
  void refusesAnEmptyName() {
    assertThatThrownBy(() -> ScenarioLibrary.load(""))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("no scenario ''; see heddle list");
  }
}
