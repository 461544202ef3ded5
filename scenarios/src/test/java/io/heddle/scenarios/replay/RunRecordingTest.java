package io.heddle.scenarios.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.simulator.core.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRecordingTest {
  private static final Scenario NAIVE = ScenarioLibrary.load("naive-async");

  private static RunRecording.Recorded recorded() throws Exception {
    return RunRecording.record(NAIVE, 7, "1.2.3", RunOptions.DEFAULT);
  }

  @Test
  void comesBackFromItsFileAndRunsTheSameRun() throws Exception {
    RunRecording.Recorded recorded = recorded();
    RunRecording read = RecordingFile.parse(RecordingFile.write(recorded.recording()));

    assertThat(read).isEqualTo(recorded.recording());
    assertThat(read.violation()).contains("key-order");
    RunRecording.Replayed replayed = read.replay(RunOptions.DEFAULT);
    assertThat(replayed.divergence()).isEmpty();
    assertThat(replayed.result().traceHash()).isEqualTo(recorded.result().traceHash());
  }

  @Test
  void aRunByPrioritiesIsAnotherOneAndComesBackAsItWas() throws Exception {
    Scenario byPriorities = NAIVE.by(new Schedule.Pct(3, 500));
    RunRecording.Recorded recorded =
        RunRecording.record(byPriorities, 7, "1.2.3", RunOptions.DEFAULT);
    RunRecording read = RecordingFile.parse(RecordingFile.write(recorded.recording()));

    assertThat(recorded.result().traceHash()).isNotEqualTo(recorded().result().traceHash());
    assertThat(read.scenario()).contains("schedule: {policy: pct, depth: 3, steps: 500}\n");
    assertThat(read.choices().streams()).containsKeys("schedule.actors", "schedule.changes");
    RunRecording.Replayed replayed = read.replay(RunOptions.DEFAULT);
    assertThat(replayed.divergence()).isEmpty();
    assertThat(replayed.result().traceHash()).isEqualTo(recorded.result().traceHash());
  }

  @Test
  void needsNoSeed() throws Exception {
    RunRecording recording = recorded().recording();
    RunRecording otherSeed =
        new RunRecording(
            recording.version(),
            99,
            recording.scenario(),
            recording.traceHash(),
            recording.violation(),
            recording.choices());

    assertThat(otherSeed.replay(RunOptions.DEFAULT).result().traceHash())
        .isEqualTo(recording.traceHash());
  }

  @Test
  void saysAtWhichDecisionAChangedScenarioPartsFromIt() throws Exception {
    Scenario slower =
        NAIVE.withHandler(new Handler(new Distribution.Constant(3_000_000), List.of()));

    RunRecording.Replayed replayed = recorded().recording().replay(slower, RunOptions.DEFAULT);

    assertThat(replayed.divergence().orElseThrow())
        .matches("diverged at draw \\d+ of stream \\S+: .*");
  }

  @Test
  void hashesTheSettingsAndNotTheFile() throws Exception {
    RunRecording recording = recorded().recording();

    assertThat(recording.scenarioHash()).matches("[0-9a-f]{16}");
    assertThat(RunRecording.record(NAIVE, 8, "1", RunOptions.DEFAULT).recording().scenarioHash())
        .isEqualTo(recording.scenarioHash());
    assertThat(RunRecording.hash("scenario: other\n")).isNotEqualTo(recording.scenarioHash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          heddle-recording 1 | heddle-recording 9 | it does not begin with
          scenario: naive-async | scenario: naive-bsync | the scenario was changed
          seed 7 | seed x | a number is damaged
          \\nend | '' | the rest is missing
          \\nbelow | \\nabove | the stream has 0 decisions
          """)
  void refusesWhatIsDamaged(String good, String bad, String message) throws Exception {
    String text = RecordingFile.write(recorded().recording());
    String from = good.replace("\\n", "\n");
    assertThat(text).contains(from);
    String damaged = text.replace(from, bad.replace("\\n", "\n"));

    assertThatThrownBy(() -> RecordingFile.parse(damaged))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
