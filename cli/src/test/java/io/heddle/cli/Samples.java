package io.heddle.cli;

import io.heddle.scenarios.load.LoadMeasurements;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.load.Phase;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import io.heddle.scenarios.replay.RunRecording;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.LatencySummary;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import io.heddle.scenarios.shrink.Shrunk;
import io.heddle.scenarios.shrink.Size;
import io.heddle.simulator.choice.Recording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results to report. */
final class Samples {
  private Samples() {}

  static RunResult passed() {
    return new RunResult(
        "quickstart",
        7,
        "simulated",
        List.of(),
        List.of(
            new InvariantResult("key-order", 1000, Verdict.PASSED, null),
            new InvariantResult("commit-prefix", 120, Verdict.PASSED, null),
            new InvariantResult("clean-close", 1, Verdict.PASSED, null)),
        List.of(
            new FaultResult("drop-commit", 3, true, null),
            new FaultResult("pause-client", 1, true, null)),
        1000,
        14_200,
        310,
        "9f86d081884c7d65",
        new LatencySummary(1000, 8_040, 21_300, 80_400, 104_000, 812_000),
        new LatencySummary(1000, 812, 25_000, 1_200_000, 12_400_000, 754_000_000),
        new TreeMap<>(Map.of("commit.lost-race-with-revoke", 4L)));
  }

  static RunResult failed() {
    return new RunResult(
        "naive-async",
        7,
        "simulated",
        List.of(
            new Violation(
                "key-order",
                "m1 started record orders-0@12 of key customer-17 before it had ended\n"
                    + "record orders-0@11 of the same key, which it had started 40 ms before that",
                3204,
                List.of(
                    "3.101  m1  started  orders-0@11  customer-17",
                    "3.204  m1  started  orders-0@12  customer-17",
                    "3.250  m1  ended    orders-0@11  customer-17  with a note that is longer than"
                        + " the page is wide")),
            new Violation("key-order", "again", 3300, List.of()),
            new Violation("unfired:pause-client", "it never fired", 9000, List.of())),
        List.of(
            new InvariantResult("key-order", 1000, Verdict.FAILED, null),
            new InvariantResult("ownership", 0, Verdict.VACUOUS, "no partition changed hands"),
            new InvariantResult(
                "isolation",
                0,
                Verdict.NOT_APPLIED,
                "there is nothing transactional in this scenario that it could look at")),
        List.of(
            new FaultResult("pause-client", 0, true, null),
            new FaultResult("skew-clock", 0, false, "a real Kafka has its own clock")),
        1000,
        14_200,
        310,
        "9f86d081884c7d65",
        new LatencySummary(1000, 8_040, 21_300, 80_400, 104_000, 812_000),
        LatencySummary.EMPTY,
        new TreeMap<>());
  }

  static RunResult violating(String... names) {
    RunResult passed = passed();
    return new RunResult(
        passed.scenario(),
        passed.seed(),
        "embedded",
        java.util.Arrays.stream(names)
            .map(name -> new Violation(name, "message", 5, List.of()))
            .toList(),
        passed.invariants(),
        passed.faults(),
        passed.records(),
        passed.virtualMillis(),
        passed.wallMillis(),
        null,
        passed.service(),
        passed.response(),
        passed.marks());
  }

  static List<ScenarioSummary> scenarios() {
    return List.of(
        new ScenarioSummary(
            "quickstart", "A first look", List.of("basics", "quick"), "built-in", "passed"),
        new ScenarioSummary(
            "naive-async",
            "What goes wrong when records are handed to a thread pool and committed at once",
            List.of(),
            "built-in",
            "key-order"));
  }

  static ShrinkSummary shrunk() {
    Scenario scenario =
        Scenario.of(
                "naive-async-shrunk",
                new Topic("orders", 1),
                new Workload(
                    "orders",
                    2L,
                    null,
                    new Arrival.Burst(),
                    new Keys.Single(),
                    Workload.DEFAULT_SIZE,
                    Duration.ZERO))
            .withSeeds(io.heddle.scenarios.model.SeedRange.of(3));
    Violation violation =
        new Violation(
            "key-order",
            "m1 started record orders-0@1 before it had ended record orders-0@0",
            12,
            List.of("0.011  m1  started  orders-0@0", "0.012  m1  started  orders-0@1"));
    Shrunk shrunk =
        new Shrunk(
            scenario,
            violation,
            "9f86d081884c7d65",
            new Size(5, 3, 1, 6, 1000, 50),
            new Size(0, 1, 1, 1, 2, 1),
            80,
            412,
            true);
    return new ShrinkSummary("naive-async", 7, Path.of("naive-async-shrunk.yaml"), shrunk, 3_100);
  }

  static ExploreSummary explored() {
    return explored(
        List.of(
            new ExploreSummary.FailedSeed(7, "key-order", "12 began before 11 had ended"),
            new ExploreSummary.FailedSeed(9, "threshold:p99", "p99 was 80 ms"),
            new ExploreSummary.FailedSeed(11, "key-order", "other")),
        List.of(),
        false);
  }

  static ExploreSummary explored(
      List<ExploreSummary.FailedSeed> failed,
      List<ExploreSummary.Missing> coverage,
      boolean interrupted) {
    return new ExploreSummary(
        "naive-async",
        new SeedRange(1, interrupted ? 5000 : 1000),
        1000,
        1000 - failed.size(),
        failed,
        coverage,
        interrupted,
        412.345,
        new TreeMap<>(Map.of("commit.lost-race-with-revoke", 1204L, "batch.flush", 0L)));
  }

  static LoadResult loaded(LoadPlan plan, boolean endedEarly) {
    LatencySummary response = new LatencySummary(30_000, 2_100, 4_200, 9_800, 21_000, 40_500);
    LatencySummary service = new LatencySummary(30_000, 1_010, 1_200, 1_900, 2_000, 2_100);
    Phase warmUp = new Phase("warm-up", Phase.Kind.WARM_UP, 0, 5_000_000_000L, 1_000, 1_000);
    double rate = plan.isClosed() ? Double.NaN : 1_000;
    Phase measured =
        new Phase("measured", Phase.Kind.MEASURED, 5_000_000_000L, 35_000_000_000L, rate, rate);
    LoadMeasurements measurements =
        new LoadMeasurements(
            List.of(
                new LoadMeasurements.OfPhase(warmUp, 5, 990, service, response),
                new LoadMeasurements.OfPhase(measured, 30, 998, service, response)),
            List.of(
                new LoadMeasurements.OfStage("late", service),
                new LoadMeasurements.OfStage("commit", response)),
            List.of(
                new LoadMeasurements.OfPartition("orders-0", service, response),
                new LoadMeasurements.OfPartition("orders-1", service, response)),
            0,
            12,
            350_000_000,
            endedEarly,
            "#[log]\n",
            "distribution\n");
    return new LoadResult(plan, passed(), measurements);
  }

  static RunRecording recording() {
    Recording.Draws draws = new Recording.Draws();
    draws.add(3, 10);
    return new RunRecording(
        "0.0.9",
        7,
        "scenario: quickstart\n",
        "9f86d081884c7d65",
        Optional.of("key-order"),
        new Recording(new TreeMap<>(Map.of("a.stream", draws))));
  }
}
