package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heddle.scenarios.load.Intervals;
import io.heddle.scenarios.load.LoadMeasurements;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final long MILLI = 1_000_000;

  private static Scenario scenario(Keys keys, long serviceNanos) {
    Workload workload =
        new Workload(
            "orders",
            10L,
            null,
            new Arrival.Uniform(1),
            keys,
            Workload.DEFAULT_SIZE,
            Duration.ofSeconds(3));
    return Scenario.of("load", new Topic("orders", 2, new TreeMap<>()), workload)
        .withHandler(new Handler(new Distribution.Constant(serviceNanos), List.of()));
  }

  private static LoadPlan open(double rate, int warmUp, int seconds) {
    return new LoadPlan(
        OptionalDouble.of(rate),
        Duration.ZERO,
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds),
        1,
        false,
        0,
        true);
  }

  private static LoadPlan closed(int places, int seconds) {
    return new LoadPlan(
        OptionalDouble.empty(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofSeconds(seconds),
        1,
        false,
        places,
        true);
  }

  private static LoadResult load(Scenario scenario, LoadPlan plan) throws Exception {
    return ScenarioRunner.load(scenario, 1, plan, Optional.empty(), 0, RunOptions.DEFAULT);
  }

  @Test
  void sendsAtTheRateThatWasAskedForWhateverTheScenarioSays() throws Exception {
    LoadResult result = load(scenario(Workload.DEFAULT_KEYS, MILLI), open(200, 2, 5));

    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().records()).isEqualTo(200 * 7);
    assertThat(result.run().response().count()).isEqualTo(200 * 5);
    assertThat(result.measurements().targetRate()).hasValue(200);
    assertThat(result.measurements().achievedRate()).isCloseTo(200, within(2.0));
    assertThat(result.measurements().phases())
        .extracting(each -> each.phase().name(), each -> each.response().count())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("warm-up", 400L),
            org.assertj.core.groups.Tuple.tuple("measured", 1_000L));
  }

  @Test
  void countsTheTimeThatRecordsWaitForTheirTurnFromWhenTheyWereDue() throws Exception {
    // One key, 20 ms of work each, 100 due a second: the last of 200 is late by 2 s.
    LoadResult result = load(scenario(new Keys.Uniform(1), 20 * MILLI), open(100, 0, 2));

    assertThat(result.run().service().max()).isCloseTo(20_000, within(20L));
    assertThat(result.run().response().max()).isBetween(1_900_000L, 7_000_000L);
    assertThat(result.run().response().p50()).isGreaterThan(800_000);
    assertThat(result.measurements().achievedRate()).isLessThan(55);
  }

  @Test
  void splitsAResponseTimeIntoStages() throws Exception {
    LoadMeasurements measured =
        load(scenario(Workload.DEFAULT_KEYS, 5 * MILLI), open(100, 1, 3)).measurements();

    assertThat(measured.stages())
        .extracting(LoadMeasurements.OfStage::stage)
        .containsExactly("late", "send", "wait", "work", "finish", "commit");
    assertThat(measured.stages())
        .allSatisfy(each -> assertThat(each.latency().count()).isEqualTo(300));
    assertThat(measured.stages().get(3).latency().p50()).isCloseTo(5_000, within(5L));
    assertThat(measured.stages().get(1).latency().p50()).isPositive();
    assertThat(measured.partitions())
        .extracting(LoadMeasurements.OfPartition::partition)
        .containsExactly("orders-0", "orders-1");
    assertThat(measured.partitions().stream().mapToLong(each -> each.response().count()).sum())
        .isEqualTo(300);
  }

  @Test
  void keepsNoMoreUnderWayThanAClosedLoopHasPlaces() throws Exception {
    // With two partitions, a fetch of one that is empty would hold up the other, as in Kafka.
    Scenario one =
        scenario(Workload.DEFAULT_KEYS, 10 * MILLI)
            .withTopics(List.of(new Topic("orders", 1, new TreeMap<>())));
    LoadResult result = load(one, closed(3, 10));

    assertThat(result.run().violations()).isEmpty();
    assertThat(result.measurements().targetRate()).isEmpty();
    double rate = result.measurements().achievedRate();
    // Little's law: places = rate * response time.
    double mean = result.run().response().p50() / 1e6;
    assertThat(rate * mean).isCloseTo(3, within(0.6));
    assertThat(result.run().records()).isCloseTo((long) (rate * 10), within(4L));
  }

  @Test
  void logsEachIntervalForOtherTools() throws Exception {
    LoadMeasurements measured =
        load(scenario(Workload.DEFAULT_KEYS, MILLI), open(100, 2, 12)).measurements();

    assertThat(measured.intervalLog()).contains("#[StartTime: 0.000", "Tag=warm-up.response,");
    assertThat(Intervals.parse(measured.intervalLog().getBytes(UTF_8)).size()).isBetween(12, 13);
    assertThat(measured.percentiles()).contains("#[Mean", "1.000000000000");
  }

  @Test
  void judgesThresholdsByWhatWasMeasured() throws Exception {
    Threshold limit = new Threshold(Threshold.Metric.RESPONSE_TIME, Threshold.Statistic.P50, MILLI);
    Scenario scenario = scenario(Workload.DEFAULT_KEYS, 2 * MILLI);
    Scenario limited =
        scenario.withExpect(
            new Expect(Expect.PASSED, Expect.DEFAULT.invariants(), List.of(limit), List.of()));

    assertThat(load(limited, open(50, 0, 2)).run().violations())
        .extracting(Violation::invariant)
        .containsExactly("threshold:response_time.p50");
  }

  @Test
  void judgesOnlyThatItComesToItsEndWithoutChecks() throws Exception {
    LoadPlan plan = open(100, 0, 1);
    LoadPlan unchecked =
        new LoadPlan(
            plan.rate(),
            plan.ramp(),
            plan.warmUp(),
            plan.lasting(),
            plan.steps(),
            plan.poisson(),
            plan.closedLoop(),
            false);

    assertThat(load(scenario(Workload.DEFAULT_KEYS, MILLI), unchecked).run().invariants())
        .extracting(InvariantResult::name)
        .containsExactly("progress");
  }

  @Test
  void comesToAGoodEndWhenItIsInterrupted() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    RunOptions options =
        RunOptions.DEFAULT
            .withProgress((done, total) -> enough.compareAndSet(false, done >= 150))
            .withInterrupted(enough::get);

    LoadResult result =
        ScenarioRunner.load(
            scenario(Workload.DEFAULT_KEYS, MILLI),
            1,
            open(100, 1, 600),
            Optional.empty(),
            0,
            options);

    assertThat(result.measurements().endedEarly()).isTrue();
    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().records()).isBetween(150L, 1_000L);
    assertThat(result.measurements().achievedRate()).isCloseTo(100, within(15.0));
  }

  @Test
  void asksForARateWhereTheScenarioHasNone() {
    Scenario burst =
        scenario(Workload.DEFAULT_KEYS, MILLI)
            .withProduce(
                List.of(
                    new Workload(
                        "orders",
                        10L,
                        null,
                        new Arrival.Burst(),
                        Workload.DEFAULT_KEYS,
                        Workload.DEFAULT_SIZE,
                        Duration.ZERO)));

    assertThatThrownBy(() -> load(burst, LoadPlan.DEFAULT))
        .hasMessage("a rate must be given: the workloads of load have none");
  }
}
