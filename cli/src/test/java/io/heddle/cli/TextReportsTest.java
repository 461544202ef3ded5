package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TextReportsTest {
  @Test
  void showsARunThatPassed() throws IOException {
    assertThat(new RunReport(Samples.passed(), Style.PLAIN).text(Chosen.of("quickstart")))
        .isEqualTo(golden("run-passed.txt"));
  }

  @Test
  void showsARunThatFailedAndTheWayBackToIt() throws IOException {
    assertThat(new RunReport(Samples.failed(), Style.PLAIN).text(Chosen.of("naive-async")))
        .isEqualTo(golden("run-failed.txt"));
  }

  @Test
  void showsAnExploration() throws IOException {
    String text =
        new ExploreReport(Samples.explored(), Style.PLAIN)
            .text(Chosen.of("my scenarios/it's.yaml"));

    assertThat(text).isEqualTo(golden("explore.txt"));
  }

  @Test
  void tellsWhatNoSeedReachedApartFromSeedsThatFailed() {
    List<ExploreSummary.Missing> coverage =
        List.of(new ExploreSummary.Missing("unfired:crash", "never fired in any run"));
    ExploreSummary summary = Samples.explored(List.of(), coverage, false);

    assertThat(new ExploreReport(summary, Style.PLAIN).text(Chosen.of("naive-async")))
        .startsWith(
            """
            FAILED naive-async seeds 1..1000 · 1,000 passed · 0 failed · 1 not covered ·
              412 seeds/s

            not covered by any seed
              unfired:crash          never fired in any run

            """)
        .doesNotContain("replay");
  }

  @Test
  void saysThatAnExplorationWasInterrupted() {
    ExploreSummary summary = Samples.explored(List.of(), List.of(), true);

    assertThat(new ExploreReport(summary, Style.PLAIN).text(Chosen.of("naive-async")))
        .startsWith("INTERRUPTED naive-async after 1,000 of the seeds 1..5000 · 1,000");
  }

  @Test
  void showsWhatIsLeftOfAScenario() throws IOException {
    assertThat(new ShrinkReport(Samples.shrunk(), Style.PLAIN).text())
        .isEqualTo(golden("shrink.txt"));
  }

  @Test
  void showsTheListOfScenarios() throws IOException {
    assertThat(ListReport.text(Samples.scenarios(), Style.PLAIN)).isEqualTo(golden("list.txt"));
  }

  @Test
  void staysWithinEightyColumns() {
    assertThat(new RunReport(Samples.failed(), Style.PLAIN).text(Chosen.of("naive-async")).lines())
        .allMatch(line -> line.length() <= 80);
    assertThat(ListReport.text(Samples.scenarios(), Style.PLAIN).lines())
        .allMatch(line -> line.length() <= 80);
  }

  /** What was broken over two lines is on one, and nothing else is told. */
  @Test
  void takesTheRoomThatAWideTerminalHas() {
    Style wide = Style.ofTerminal(false, "200");
    String narrow = ListReport.text(Samples.scenarios(), Style.PLAIN);
    String list = ListReport.text(Samples.scenarios(), wide);
    String run = new RunReport(Samples.failed(), wide).text(Chosen.of("naive-async"));

    assertThat(list.lines()).hasSizeLessThan((int) narrow.lines().count());
    assertThat(list.split("\\s+")).containsExactly(narrow.split("\\s+"));
    assertThat(Stream.concat(list.lines(), run.lines()))
        .allMatch(line -> line.length() <= 120)
        .anyMatch(line -> line.length() > 80);
  }

  @Test
  void namesTheKafkaInTheCommandThatRunsItAgain() {
    assertThat(
            new RunReport(Samples.violating("progress"), Style.PLAIN).text(Chosen.of("quickstart")))
        .contains("0.31 s on embedded")
        .contains("no progress at 0.005 s: message")
        .endsWith("replay: heddle run quickstart --seed 7 --kafka embedded\n");
  }

  @Test
  void coloursWithoutMovingTheColumns() {
    String plain = new RunReport(Samples.failed(), Style.PLAIN).text(Chosen.of("naive-async"));
    String coloured = new RunReport(Samples.failed(), Style.COLOURS).text(Chosen.of("naive-async"));

    assertThat(coloured).contains("\u001b[31mFAILED\u001b[0m naive-async");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = TextReportsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    }
  }
}
