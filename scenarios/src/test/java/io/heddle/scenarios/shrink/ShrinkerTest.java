package io.heddle.scenarios.shrink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.simulator.core.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Makes planted failures small, in runs on the simulated Kafka. */
class ShrinkerTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void findsTwoRecordsOfOneKeyThatOvertakeEachOther() throws Exception {
    Shrunk shrunk = shrink(ScenarioLibrary.load("naive-async"), 1, LONG);

    assertThat(shrunk.finished()).isTrue();
    assertThat(shrunk.violation().invariant()).isEqualTo("key-order");
    assertThat(shrunk.before()).isEqualTo(new Size(0, 1, 1, 2, 500, 10));
    assertThat(shrunk.after()).isEqualTo(new Size(0, 1, 1, 1, 2, 1));
    assertThat(shrunk.scenario().expect().outcome()).isEqualTo("key-order");
    assertThat(shrunk.scenario().about().description())
        .isEqualTo("Reduced from a run of naive-async with the seed 1.");
  }

  @Test
  void leavesOutFaultsAndMembersThatHaveNothingToDoWithIt() throws Exception {
    Scenario quickstart = ScenarioLibrary.load("quickstart");
    Engine engine = quickstart.engine();
    Scenario naive =
        quickstart.withEngine(
            new Engine(
                Engine.Mode.NAIVE, engine.scheduler(), engine.commits().every(), engine.drain()));

    Shrunk shrunk = shrink(naive, 3, LONG);

    assertThat(shrunk.before().faults()).isEqualTo(5);
    assertThat(shrunk.after()).isEqualTo(new Size(0, 1, 1, 1, 2, 1));
    assertThat(shrunk.scenario().expect().outcome()).isEqualTo(Expect.PASSED);
  }

  @Test
  void takesTheUsualScheduleWhereThatBreaksItToo() throws Exception {
    Scenario byPriorities = ScenarioLibrary.load("naive-async").by(new Schedule.Pct(4, 500));

    Shrunk shrunk = shrink(byPriorities, 2, LONG);

    assertThat(shrunk.scenario().schedule()).isEqualTo(Schedule.UNIFORM);
  }

  @Test
  void failsAlikeWhenItsFileIsRunAgain() throws Exception {
    Shrunk shrunk = shrink(ScenarioLibrary.load("naive-async"), 5, LONG);

    Scenario file =
        ScenarioReader.read("f.yaml", ScenarioWriter.write(shrunk.scenario()).getBytes(UTF_8));
    RunResult again = ScenarioRunner.simulate(file, file.seeds().from(), RunOptions.DEFAULT);

    assertThat(again.traceHash()).isEqualTo(shrunk.traceHash());
    assertThat(again.violations().get(0)).isEqualTo(shrunk.violation());
  }

  @Test
  void keepsTheFaultThatIsInTheWayOfProgress() throws Exception {
    Scenario quickstart = ScenarioLibrary.load("quickstart");
    TreeMap<String, String> config = new TreeMap<>(quickstart.group().config());
    config.put("request.timeout.ms", "30000");
    config.put("default.api.timeout.ms", "60000");
    Scenario stuck = quickstart.withGroup(new Group("g", 3, quickstart.group().stagger(), config));

    Shrunk shrunk = shrink(stuck, 2, LONG);

    assertThat(shrunk.violation().invariant()).isEqualTo("progress");
    assertThat(shrunk.after().faults()).isEqualTo(1);
    assertThat(shrunk.after().records()).isPositive();
    assertThat(shrunk.scenario().heal().within()).isEqualTo(stuck.heal().within());
    assertThat(shrunk.scenario().group().config()).isEqualTo(stuck.group().config());
  }

  @Test
  void keepsTheFaultThatNeverFires() throws Exception {
    Scenario quickstart = ScenarioLibrary.load("quickstart");
    List<Fault> faults = new ArrayList<>(quickstart.faults());
    Trigger never =
        new Trigger.OnRequest(
            io.heddle.scenarios.model.Api.OFFSET_COMMIT,
            new Trigger.Pick.Nth(1_000_000),
            new Trigger.Window(Duration.ZERO, quickstart.heal().at()),
            io.heddle.scenarios.model.Target.ANY);
    faults.add(new Fault("never", never, new Action.DropRequest(), false));

    Shrunk shrunk = shrink(quickstart.withFaults(faults), 1, Duration.ofSeconds(10));

    assertThat(shrunk.violation().invariant()).isEqualTo("unfired:never");
    assertThat(shrunk.scenario().faults()).extracting(Fault::name).containsExactly("never");
  }

  @Test
  void keepsTheThresholdThatIsMissed() throws Exception {
    Scenario slow = ScenarioLibrary.load("slow-key");
    Threshold missed =
        new Threshold(
            Threshold.Metric.SERVICE_TIME,
            Threshold.Statistic.MAX,
            Duration.ofMillis(200).toNanos());
    Expect expect =
        new Expect(
            Expect.PASSED,
            slow.expect().invariants(),
            List.of(slow.expect().thresholds().get(0), missed),
            List.of());

    Shrunk shrunk = shrink(slow.withExpect(expect), 1, LONG);

    assertThat(shrunk.violation().invariant()).isEqualTo("threshold:service_time.max");
    assertThat(shrunk.scenario().expect().thresholds()).containsExactly(missed);
    assertThat(shrunk.after().records()).isEqualTo(1);
  }

  @Test
  void hasNothingToDoWhereNothingIsBroken() throws Exception {
    Scenario slow = ScenarioLibrary.load("slow-key");

    assertThat(Shrinker.shrink(slow, 1, LONG, System::nanoTime, runs -> {})).isEmpty();
  }

  @Test
  void isRightEvenWithoutAnyTime() throws Exception {
    Shrunk shrunk = shrink(ScenarioLibrary.load("naive-async"), 1, Duration.ZERO);

    assertThat(shrunk.finished()).isFalse();
    assertThat(shrunk.after()).isEqualTo(shrunk.before());
    assertThat(shrunk.seed()).isEqualTo(1);
  }

  private static Shrunk shrink(Scenario scenario, long seed, Duration time) throws Exception {
    return Shrinker.shrink(scenario, seed, time, System::nanoTime, runs -> {}).orElseThrow();
  }
}
