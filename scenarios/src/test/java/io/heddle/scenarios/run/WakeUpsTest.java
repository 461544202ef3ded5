package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody else wakes up a member's consumer, again and again, in whatever call it is. */
class WakeUpsTest {
  private static final String RUN =
      """
      scenario: wake
      kafka: {brokers: 3, protocol: %s, initial-rebalance-delay: 0s}
      topics: {orders: {partitions: 6}}
      produce:
        - {topic: orders, for: 6s, rate: 60/s, arrival: poisson, keys: {uniform: 40}}
      group:
        members: 3
        config: {auto.offset.reset: earliest}
      engine: {%s}
      handler: {service: {lognormal: [10ms, 0.5]}}
      faults:
        - {name: committing, on: OffsetCommit, probability: 30%%, do: wake-up, may-not-fire: true}
        - {name: reading, on: OffsetFetch, probability: 60%%, do: wake-up}
        - {name: looking, on: ListOffsets, probability: 60%%, do: wake-up, may-not-fire: true}
        - {name: often, every: 13ms, jitter: 9ms, do: wake-up}
        - {name: revoked, when: revoked, probability: 50%%, do: wake-up, may-not-fire: true}
        - {name: moving, every: 900ms, jitter: 400ms, do: rebalance}
        - {name: leaving, every: 2s, jitter: 1s, do: stop-client, restart-after: 600ms}
      heal: {at: 7s, within: 30s}
      """;

  static List<Arguments> engines() {
    List<Arguments> engines = new ArrayList<>();
    for (String protocol : List.of("classic", "consumer")) {
      for (String engine :
          List.of(
              "mode: scheduler",
              "mode: scheduler, store: changes",
              "mode: batcher, exactly-once: {}",
              "mode: sync, exactly-once: {}, store: changes")) {
        engines.add(Arguments.of(protocol, engine));
      }
    }
    return engines;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("engines")
  void doNotKeepAnEngineFromAnything(String protocol, String engine) throws Exception {
    for (long seed = 1; seed <= 4; seed++) {
      RunResult result =
          ScenarioRunner.simulate(
              ScenarioReader.read("f.yaml", RUN.formatted(protocol, engine).getBytes(UTF_8)),
              seed,
              RunOptions.DEFAULT);

      assertThat(result.violations()).as("seed %d", seed).isEmpty();
    }
  }
}
