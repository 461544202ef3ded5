package io.heddle.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.planted.DetectionCampaign.Row;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.simulator.core.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectionCampaignTest {
  @Test
  void theDocumentHasARowForEachPlant() throws IOException {
    List<String> rows =
        Files.readAllLines(Sources.root().resolve("docs/DETECTION.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();

    assertThat(rows)
        .as("docs/DETECTION.md is out of date, measure anew: %s", DetectionDocument.COMMAND)
        .isEqualTo(Plants.all().stream().map(Plant::name).toList());
  }

  @Test
  void aNameThatNoPlantHasIsToldWithTheNearestOne() {
    assertThat(Plants.unknown("naive-asinc"))
        .isEqualTo("no plant 'naive-asinc'; did you mean 'naive-async'?");
    assertThat(Plants.unknown("foo")).isEqualTo("no plant 'foo'; see docs/DETECTION.md");
  }

  @Test
  void aDocumentSaysWhatWasFoundAndWhatWasNot() {
    Plant plant = Plants.all().get(0);
    Row found = new Row(plant, 3, List.of("progress", "key-order"), 0.5, true);
    Row missed = new Row(plant, 900, List.of(), 60.1, false);

    assertThat(new DetectionDocument(List.of(found, missed), 61).text())
        .contains("2 planted, 1 found within a minute each, 1 not; median 0.50 s; 1 pass calm runs")
        .contains("| progress | 3 | 0.50 | passes |")
        .contains("| **survives** | 900 | 60.10 | fails |");
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Medians.of(List.of(3, 1, 2))).isEqualTo(2);
    assertThat(Medians.of(List.of(4.0, 1.0))).isEqualTo(2.5);
    assertThat(Medians.of(List.of())).isZero();
  }

  @Test
  void whatIsAnotherHistoryTheSecondTimeIsNotWhatWasPlanted() {
    List<String> broken = DetectionCampaign.broken(new Leaky(), "any", 3);

    assertThat(broken).singleElement().asString().startsWith("not-deterministic: line 7");
    assertThat(new Row(Plants.all().get(0), 3, broken, 0.5, true).isKilled()).isFalse();
    assertThat(DetectionCampaign.broken(new Leaky(), "passes", 49)).isEmpty();
    assertThat(DetectionCampaign.broken(new Leaky(), "passes", 50)).hasSize(1);
  }

  /** Something is broken in each run but those that pass, and each is another one. */
  private static final class Leaky implements Workbench {
    @Override
    public Workbench by(Schedule schedule) {
      return this;
    }

    @Override
    public List<Violation> run(String trial, long seed, boolean calm) {
      return trial.equals("passes")
          ? List.of()
          : List.of(new Violation("key-order", "broken", 0, List.of()));
    }

    @Override
    public Optional<Violation> repeat(String trial, long seed, boolean calm) {
      return Optional.of(new Violation("not-deterministic", "line 7", 0, List.of()));
    }

    @Override
    public boolean isScenario(String trial) {
      return false;
    }

    @Override
    public Small shrink(String trial, long seed, Duration time) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Violation> replay(String file) {
      return Optional.empty();
    }
  }
}
