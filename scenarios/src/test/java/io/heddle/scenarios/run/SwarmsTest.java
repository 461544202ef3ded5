package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Swarm;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.core.Schedule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SwarmsTest {
  private static final String FILE =
      """
      scenario: drawn
      topics: {t: {partitions: 2}}
      produce: [{topic: t, count: 40, rate: 40/s}]
      heal: {at: 4s, within: 1m}
      faults:
        - {name: often, every: 500ms, jitter: 100ms, do: rebalance}
        - {name: lost, on: OffsetCommit, probability: 40%, do: apply-then-drop}
        - {name: held, on: OffsetCommit, nth: 2, do: hold, barrier: b}
        - {name: let-go, at: 3s, do: release, barrier: b}
      expect: {invariants: [at-least-once, progress]}
      swarm:
        faults: true
        engine: [{mode: scheduler}, {mode: scheduler-async}, {mode: sync}]
        handler: [{service: 1ms}, {service: {uniform: [1ms, 30ms]}}]
        group: [{members: 1}, {members: 3}]
        produce:
          - [{topic: t, count: 10, rate: 40/s}]
          - [{topic: t, count: 20, rate: 40/s}, {topic: t, count: 5, rate: 40/s, keys: single}]
      """;

  private final Scenario scenario = read(FILE);

  /** Those of others are left out where such a group is drawn. */
  @Test
  void drawsTwinsOfStaticMembersOnly() {
    Scenario both =
        read(
            FILE.replace("expect:", "  - {name: twin, at: 1s, do: start-twin, for: 1s}\nexpect:")
                .replace("produce: [{topic: t, c", "group: {static: true}\nproduce: [{topic: t, c")
                .replace("{members: 3}", "{members: 3, static: true}"));
    Set<Boolean> drawn = new TreeSet<>();
    for (long seed = 1; seed <= 100; seed++) {
      Scenario one = Swarms.draw(both, new SeededChoices(seed));
      boolean twin = one.faults().stream().anyMatch(each -> each.name().equals("twin"));
      assertThat(!twin || one.group().isStatic()).isTrue();
      drawn.add(twin);
    }
    assertThat(drawn).containsExactly(false, true);
  }

  @Test
  void drawsEveryAlternativeAndEveryChoiceOfFaults() {
    Set<Engine.Mode> modes = new TreeSet<>();
    Set<Integer> members = new TreeSet<>();
    Set<Integer> workloads = new TreeSet<>();
    Set<List<String>> faults = new java.util.HashSet<>();
    for (long seed = 1; seed <= 200; seed++) {
      Scenario drawn = Swarms.draw(scenario, new SeededChoices(seed));
      modes.add(drawn.engine().mode());
      members.add(drawn.group().members());
      workloads.add(drawn.produce().size());
      faults.add(drawn.faults().stream().map(Fault::name).toList());
      assertThat(drawn.swarm()).isEqualTo(Swarm.NONE);
    }
    assertThat(modes).hasSize(3);
    assertThat(members).containsExactly(1, 3);
    assertThat(workloads).containsExactly(1, 2);
    // Each of three kinds is there or not; what is held is always released, and nothing else is.
    assertThat(faults).hasSize(8).contains(List.of(), List.of("often", "lost", "held", "let-go"));
    assertThat(faults)
        .allSatisfy(
            names -> assertThat(names.contains("held")).isEqualTo(names.contains("let-go")));
  }

  @Test
  void drawsHowMuchOfEachFaultThereIs() {
    Set<Trigger> triggers = new java.util.HashSet<>();
    for (long seed = 1; seed <= 200; seed++) {
      Swarms.draw(scenario, new SeededChoices(seed)).faults().stream()
          .filter(fault -> fault.name().equals("often") || fault.name().equals("lost"))
          .forEach(fault -> triggers.add(fault.trigger()));
    }
    assertThat(triggers).hasSize(8);
  }

  @Test
  void theDrawnScenarioAsAFileIsTheSameRun() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      Scenario drawn = read(ScenarioWriter.write(Swarms.draw(scenario, new SeededChoices(seed))));
      RunResult run = ScenarioRunner.simulate(scenario, seed, RunOptions.DEFAULT);
      RunResult again = ScenarioRunner.simulate(drawn, seed, RunOptions.DEFAULT);

      assertThat(again.traceHash()).isEqualTo(run.traceHash());
      assertThat(run.faults())
          .extracting(FaultResult::name)
          .isEqualTo(drawn.faults().stream().map(Fault::name).toList());
    }
  }

  @Test
  void drawsTheScheduleAndNothingElseOtherwise() {
    Scenario both =
        read(FILE + "  schedule: [{policy: uniform}, {policy: pct, depth: 4, steps: 50}]\n");
    Set<String> schedules = new TreeSet<>();
    for (long seed = 1; seed <= 50; seed++) {
      Scenario drawn = Swarms.draw(both, new SeededChoices(seed));
      schedules.add(drawn.schedule().toString());
      assertThat(drawn.withSchedule(Schedule.UNIFORM))
          .isEqualTo(Swarms.draw(scenario, new SeededChoices(seed)));
    }
    assertThat(schedules).containsExactly("Pct[depth=4, steps=50]", "Uniform[]");
    Schedule asked = new Schedule.Pct(2, 9);
    assertThat(Swarms.draw(both.by(asked), new SeededChoices(1)).schedule()).isEqualTo(asked);
  }

  @Test
  void onIsShortForFaults() {
    assertThat(read(FILE.substring(0, FILE.indexOf("swarm:")) + "swarm: on\n").swarm().faults())
        .isTrue();
  }

  @Test
  void aScenarioThatLeavesNothingToTheSeedStaysAsItIs() {
    Scenario plain = scenario.withSwarm(Swarm.NONE);

    assertThat(Swarms.draw(plain, new SeededChoices(1))).isSameAs(plain);
  }

  private static Scenario read(String text) {
    return ScenarioReader.read("f.yaml", text.getBytes(UTF_8));
  }
}
