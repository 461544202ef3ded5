package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.RealTarget;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded traffic, sent again to a real broker. */
class RealReplayTest {
  private static final int RECORDS = 40;

  @TempDir private Path directory = Path.of("");

  @Test
  void sendsRecordedTrafficToARealBroker() throws Exception {
    StringBuilder traffic = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      traffic.append("{\"gapMs\":2.5,\"key\":\"order \\\"" + i % 7 + "\\\"\",\"size\":200}\n");
    }
    Files.writeString(directory.resolve("traffic.jsonl"), traffic);
    Path file =
        Files.writeString(
            directory.resolve("replayed.yaml"),
            """
            scenario: replayed
            topics: {orders: {partitions: 2}}
            produce: [{topic: orders, replay: traffic.jsonl}]
            group: {members: 1, config: {auto.offset.reset: earliest}}
            handler: {service: 1ms}
            heal: {at: 1s, within: 60s}
            limits: {virtual: 120s, wall: 120s}
            """);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(1, Map.of())) {
      RealTarget target =
          new RealTarget("embedded", kafka.bootstrapServers(), Map.of(), "-replayed");

      RunResult result =
          ScenarioRunner.runForReal(ScenarioReader.read(file), 1, target, RunOptions.DEFAULT);

      assertThat(result.violations()).isEmpty();
      assertThat(result.records()).isEqualTo(RECORDS);
    }
  }
}
