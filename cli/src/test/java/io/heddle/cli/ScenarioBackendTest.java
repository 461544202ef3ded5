package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.core.Schedule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands' work, on the real runner. */
final class ScenarioBackendTest {
  private static final Progress NOBODY = (done, total, unit) -> {};

  private final ScenarioBackend backend = new ScenarioBackend();

  @Test
  void savesASmallScenarioThatFailsAlike(@TempDir Path folder) {
    Path file = folder.resolve("small.yaml");

    ShrinkSummary summary =
        backend.shrink(
            "naive-async", OptionalLong.of(4), Optional.of(file), Duration.ofMinutes(1), NOBODY);

    assertThat(ScenarioReader.read(file)).isEqualTo(summary.shrunk().scenario());
    RunResult again =
        backend.run(
            file.toString(),
            OptionalLong.empty(),
            new KafkaTarget.Simulated(),
            Optional.empty(),
            Optional.empty(),
            NOBODY);
    assertThat(again.violations().get(0).invariant()).isEqualTo("key-order");
    assertThat(again.traceHash()).isEqualTo(summary.shrunk().traceHash());
  }

  @Test
  void putsALoadOnTheSimulatedKafkaInRealTime(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("small.yaml");
    Files.writeString(
        file,
        """
        scenario: small
        kafka: {initial-rebalance-delay: 0s}
        topics: {orders: {partitions: 2}}
        produce:
          - topic: orders
            replay: [{gap: 2ms, key: a, size: 10B}, {gap: 4ms, key: b, size: 20B}]
        heal: {at: 1ms, within: 30s}
        """);
    LoadPlan plan =
        new LoadPlan(
            OptionalDouble.empty(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(300),
            1,
            false,
            0,
            true);

    LoadResult result =
        backend.load(
            new LoadRequest(
                file.toString(),
                OptionalLong.empty(),
                new KafkaTarget.SimulatedRealTime(),
                plan,
                List.of(),
                Optional.empty()),
            NOBODY);

    assertThat(result.run().kafka()).isEqualTo("simulated-realtime");
    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().records()).isEqualTo(99);
  }

  @Test
  void runsByTheScheduleThatIsAskedFor() {
    Schedule pct = new Schedule.Pct(2, 100);

    assertThat(backend.by(pct).explain("swarm"))
        .contains("schedule: {policy: pct, depth: 2, steps: 100}\n");
    assertThat(hash(backend.by(pct))).isEqualTo(hash(backend.by(pct))).isNotEqualTo(hash(backend));
    assertThat(hash(backend.by(Schedule.UNIFORM))).isEqualTo(hash(backend));
  }

  private static String hash(Backend backend) {
    RunResult result =
        backend.run(
            "quickstart",
            OptionalLong.of(2),
            new KafkaTarget.Simulated(),
            Optional.empty(),
            Optional.empty(),
            NOBODY);
    return String.valueOf(result.traceHash());
  }

  @Test
  void saysInOneLineThatAScenarioIsNotKnown() {
    assertThat(said("run unclean-electoin"))
        .isEqualTo(
            "heddle: no scenario 'unclean-electoin'; nearest: unclean-election (heddle list)\n");
    assertThat(said("explore kitchen-sink --seeds 1..2"))
        .isEqualTo("heddle: no scenario 'kitchen-sink'; see heddle list\n");
    assertThat(said("explain " + "kitchen".repeat(20)).lines())
        .singleElement()
        .satisfies(line -> assertThat(line).hasSize(80));
  }

  private String said(String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new PrintStream(out, true, UTF_8), errors, Style.PLAIN, false);
    Heddle heddle =
        new Heddle(
            () -> backend, console, new Failures(errors, () -> false), () -> 0, new Interruption());
    assertThat(heddle.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(out.toString(UTF_8)).isEmpty();
    return err.toString(UTF_8);
  }

  @Test
  void refusesToShrinkWhatPasses(@TempDir Path folder) {
    Path file = folder.resolve("small.yaml");

    assertThatThrownBy(
            () ->
                backend.shrink(
                    "slow-key",
                    OptionalLong.empty(),
                    Optional.of(file),
                    Duration.ofMinutes(1),
                    NOBODY))
        .isInstanceOf(UserError.class)
        .hasMessage("slow-key passes with seed 1: there is no failure to keep");
    assertThat(file).doesNotExist();
  }

  @Test
  void saysWhereTheSmallScenarioCannotBeSaved(@TempDir Path folder) {
    Path file = folder.resolve("nowhere").resolve("small.yaml");

    assertThatThrownBy(
            () ->
                backend.shrink(
                    "naive-async",
                    OptionalLong.of(4),
                    Optional.of(file),
                    Duration.ofMillis(1),
                    NOBODY))
        .isInstanceOf(UserError.class)
        .hasMessage("cannot write the scenario to " + file + ": there is no such directory");
  }
}
