package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.replay.RunRecording;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.choice.SeededChoices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayedTrafficTest {
  @TempDir private Path directory = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    StringBuilder traffic = new StringBuilder("gap_ms,key,size\n");
    for (int i = 0; i < 60; i++) {
      traffic.append(i % 20 == 0 ? "700.25" : "0.5").append(",order ").append(i % 7).append(",");
      traffic.append(50 + i).append('\n');
    }
    Files.writeString(directory.resolve("traffic.csv"), traffic);
    file =
        Files.writeString(
            directory.resolve("f.yaml"),
            """
            scenario: replayed
            kafka: {initial-rebalance-delay: 0s}
            topics: {orders: {partitions: 3}}
            produce: [{topic: orders, replay: traffic.csv, start-at: 1s}]
            group: {members: 2}
            engine: {concurrency: 4}
            handler: {service: {uniform: [1ms, 20ms]}}
            faults: [{at: 1800ms, do: crash-client, member: m2, restart-after: 300ms}]
            heal: {at: 10s, within: 60s}
            """);
  }

  @Test
  void sendsWhatWasRecordedWhenItWasRecorded() {
    PlannedRecords planned =
        new PlannedRecords(
            ScenarioReader.read(file).produce().get(0), 0, new SeededChoices(1), Optional.empty());
    List<PlannedRecords.Planned> all = new ArrayList<>();
    planned.forEachRemaining(all::add);

    assertThat(all).hasSize(60);
    assertThat(all.get(0))
        .isEqualTo(
            new PlannedRecords.Planned(
                new Payload(0, 0, "order 0", 1_700_250_000L), 50, List.of()));
    assertThat(all.get(8).payload()).isEqualTo(new Payload(0, 8, "order 1", 1_704_250_000L));
    assertThat(all.get(59))
        .isEqualTo(
            new PlannedRecords.Planned(
                new Payload(0, 59, "order 3", 3_129_250_000L), 109, List.of()));
  }

  @Test
  void keepsItsPromisesWithRecordedKeys() throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      RunResult result =
          ScenarioRunner.simulate(ScenarioReader.read(file), seed, RunOptions.DEFAULT);

      assertThat(result.violations()).as("seed " + seed).isEmpty();
      assertThat(result.records()).isEqualTo(60);
    }
  }

  @Test
  void aRecordingOfARunNeedsTheFileNoMore() throws Exception {
    Scenario scenario = ScenarioReader.read(file);
    RunRecording.Recorded run = RunRecording.record(scenario, 3, "test", RunOptions.DEFAULT);
    Files.delete(directory.resolve("traffic.csv"));

    RunRecording.Replayed again = run.recording().replay(RunOptions.DEFAULT);

    assertThat(again.divergence()).isEmpty();
    assertThat(again.result().traceHash()).isEqualTo(run.result().traceHash());
    assertThat(ScenarioReader.read("f.yaml", run.recording().scenario().getBytes(UTF_8)))
        .isEqualTo(scenario);
  }
}
