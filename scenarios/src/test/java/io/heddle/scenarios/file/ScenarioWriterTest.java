package io.heddle.scenarios.file;

import static io.heddle.scenarios.file.ScenarioMistakesTest.SMALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Work;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioWriterTest {
  @Test
  void writesEveryDefault() {
    assertThat(ScenarioWriter.write(read(SMALL)))
        .isEqualTo(
            """
            scenario: x
            version: 1
            title: x
            description: ""
            tags: []
            source: ""
            seed: 1
            schedule: {policy: uniform}
            kafka: {protocol: classic, brokers: 1, initial-rebalance-delay: 3s}
            network: {request: {uniform: [100us, 1ms]}, response: {uniform: [100us, 1ms]}}
            limits: {virtual: 10m, wall: 1m, events: 5000000}
            topics:
              t: {partitions: 1}
            produce:
              - {topic: t, count: 10, rate: 10/s, arrival: uniform, keys: {uniform: 100}, size: 100B, start-at: 0s}
            group:
              id: heddle
              members: 1
              stagger: 0s
              config: {}
              member-config: {}
              static: false
            engine:
              mode: scheduler
              concurrency: 4
              queue-depth: 1000
              max-keys: 10000
              commit: {every: 500ms, backoff: 100ms, metadata: 4KB}
              drain: {policy: started, timeout: 5s}
              max-in-flight: 1000
              max-in-flight-bytes: 64MB
              max-behind-gap: 100000
              patience: {stuck-after: 1m, topic-timeout: 30s}
            handler:
              service: 1ms
              errors: 0%
              undecodable: 0%
              slow: []
            faults: []
            heal: {at: 30s, within: 1m}
            expect:
              outcome: passed
              invariants: [key-order, key-exclusive, commit-prefix, owner-commit, committed-once, at-least-once, progress]
              thresholds: []
              reached: []
            """);
  }

  static LongStream seeds() {
    return LongStream.range(0, 1_000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void writesWhatReadsBackAsTheSameScenario(long seed) {
    Scenario scenario = RandomScenarios.of(seed);

    String written = ScenarioWriter.write(scenario);

    assertThat(read(written)).as(written).isEqualTo(scenario);
  }

  @Test
  void leavesOutWhatHasNoEffect() {
    Scenario scenario = read(SMALL);
    Scenario inVain =
        scenario
            .withEngine(
                scenario
                    .engine()
                    .withScheduler(new Engine.Scheduler(7, 7, 7))
                    .withMode(Engine.Mode.SYNC)
                    .withWork(Work.DEFAULT.withStages(3)))
            .withHandler(
                scenario
                    .handler()
                    .withSlow(
                        List.of(
                            new Handler.SlowKey("k99", new Distribution.Constant(1)),
                            new Handler.SlowKey("k100", new Distribution.Constant(1)))));

    assertThat(read(ScenarioWriter.write(inVain)))
        .isEqualTo(
            scenario
                .withEngine(scenario.engine().withMode(Engine.Mode.SYNC))
                .withHandler(
                    scenario
                        .handler()
                        .withSlow(
                            List.of(new Handler.SlowKey("k99", new Distribution.Constant(1))))));
  }

  @Test
  void foldsALongDescription() {
    String description = "many words ".repeat(30).strip();
    Scenario scenario = read(SMALL + "description: " + description + "\n");

    assertThat(ScenarioWriter.write(scenario)).contains("description: >-\n  many words");
    assertThat(read(ScenarioWriter.write(scenario))).isEqualTo(scenario);
  }

  private static Scenario read(String text) {
    return ScenarioReader.read("f.yaml", text.getBytes(UTF_8));
  }
}
