package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.result.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A scenario on the simulated Kafka and the computer's clock. */
class RealTimeRunTest {
  private static final String RUN =
      """
      scenario: hurried
      kafka: {brokers: 2, initial-rebalance-delay: 0s}
      topics:
        orders: {partitions: 4}
      produce:
        - {topic: orders, rate: 1000/s, for: 400ms, keys: {uniform: 30}}
      group:
        members: 2
        config:
          session.timeout.ms: 600
          heartbeat.interval.ms: 100
          request.timeout.ms: 500
          default.api.timeout.ms: 1000
          auto.offset.reset: earliest
      engine: {mode: %s, commit: {every: 50ms}}
      handler: {service: {uniform: [100us, 3ms]}}
      %s
      heal: {at: %s, within: 30s}
      limits: {virtual: 60s, wall: 60s}
      expect:
        invariants: [key-order, at-least-once, progress]
      """;

  private static final String FAULTS =
      """
      faults:
        - {name: lost, on: Fetch, once: true, do: apply-then-drop}
        - {name: crash, at: 600ms, do: crash-client, member: m1, restart-after: 100ms}
      """;

  private static RunResult run(String mode, String faults, String healAt) throws Exception {
    return ScenarioRunner.simulateInRealTime(
        ScenarioReader.read("hurried.yaml", RUN.formatted(mode, faults, healAt).getBytes(UTF_8)),
        3,
        RunOptions.DEFAULT);
  }

  @Test
  void theEngineComesThroughACrashOnRealThreads() throws Exception {
    RunResult result = run("scheduler", FAULTS, "3s");

    assertThat(result.violations()).isEmpty();
    assertThat(result.kafka()).isEqualTo("simulated-realtime");
    assertThat(result.records()).isEqualTo(400);
    assertThat(result.faults()).allMatch(fault -> fault.fired() > 0);
    assertThat(result.traceHash()).isNull();
  }

  private static LoadResult load(int seconds, RunOptions options) throws Exception {
    LoadPlan plan =
        new LoadPlan(
            OptionalDouble.of(500),
            Duration.ZERO,
            Duration.ofMillis(200),
            Duration.ofSeconds(seconds),
            1,
            false,
            0,
            true);
    byte[] file = RUN.formatted("scheduler", "", "1ms").getBytes(UTF_8);
    return ScenarioRunner.loadInRealTime(
        ScenarioReader.read("hurried.yaml", file), 3, plan, 0, options);
  }

  @Test
  void bearsALoad() throws Exception {
    LoadResult result = load(1, RunOptions.DEFAULT);

    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().kafka()).isEqualTo("simulated-realtime");
    assertThat(result.run().records()).isEqualTo(600);
    assertThat(result.run().response().count()).isEqualTo(500);
    assertThat(result.measurements().endedEarly()).isFalse();
  }

  /** If it did not end when it is asked to, this would take an hour. */
  @Test
  void aLoadEndsWhenItIsInterrupted() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    RunOptions options =
        RunOptions.DEFAULT
            .withProgress((done, total) -> enough.compareAndSet(false, done >= 150))
            .withInterrupted(enough::get);

    LoadResult result = load(3_600, options);

    assertThat(result.measurements().endedEarly()).isTrue();
    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().response().count()).isBetween(50L, 10_000L);
  }

  @Test
  void itsCheckersSeeWhatIsWrong() throws Exception {
    List<String> broken = new ArrayList<>();
    // Which records overtake each other is up to the machine.
    for (int i = 0; i < 5 && broken.isEmpty(); i++) {
      run("naive", "", "10ms").violations().stream()
          .map(RunResult.Violation::invariant)
          .forEach(broken::add);
    }

    assertThat(broken).contains("key-order");
  }
}
