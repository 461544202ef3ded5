package io.heddle.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.simulator.choice.Recording;
import io.heddle.simulator.choice.RecordingChoices;
import io.heddle.simulator.choice.ReplayedChoices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.LinkedHashSet;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** A run depends on its choices, and on nothing else. */
class DeterminismTest {
  private static final String SERVICE_TIMES = "handler.service";

  @Property(seed = "20260103", tries = 40, edgeCases = EdgeCasesMode.NONE)
  @AddLifecycleHook(FalsifiedRuns.class)
  void repeats_a_run_of_the_same_seed(@ForAll("runs") Run run) {
    Repetition.check(run, () -> new SeededChoices(run.seed()));
  }

  @Property(seed = "20260104", tries = 30, edgeCases = EdgeCasesMode.NONE)
  @AddLifecycleHook(FalsifiedRuns.class)
  void replays_a_recorded_run(@ForAll("runs") Run run) {
    RecordingChoices recorder = new RecordingChoices(new SeededChoices(run.seed()));
    String hash = run.traceHash(recorder);

    ReplayedChoices replay = new ReplayedChoices(recorder.recording());

    assertThat(run.traceHash(replay)).isEqualTo(hash).isEqualTo(run.traceHash());
    assertThat(replay.divergence()).isEmpty();
  }

  @Provide
  Arbitrary<Run> runs() {
    return ScenarioArbitraries.runs();
  }

  @Example
  void tells_where_an_edited_recording_ends() {
    Run run = quickstart(7);
    RecordingChoices recorder = new RecordingChoices(new SeededChoices(run.seed()));
    String hash = run.traceHash(recorder);
    Recording.Draws services = recorder.recording().streams().getOrDefault(SERVICE_TIMES, none());
    Recording edited = recorder.recording().with(SERVICE_TIMES, firstHalf(services));

    ReplayedChoices replay = new ReplayedChoices(edited);

    assertThat(run.traceHash(replay)).isNotEqualTo(hash);
    assertThat(replay.divergence())
        .hasValueSatisfying(
            place -> assertThat(place).contains("draw " + services.size() / 2, SERVICE_TIMES));
  }

  @Example
  void varies_with_the_seed() {
    Set<String> hashes = new LinkedHashSet<>();
    for (long seed = 1; seed <= 10; seed++) {
      hashes.add(quickstart(seed).traceHash());
    }

    assertThat(hashes).hasSize(10);
  }

  @Example
  void would_notice_a_choice_that_comes_from_outside() {
    Run run = quickstart(7);

    String hash = run.traceHash(new LeakyChoices(run.seed(), SERVICE_TIMES));
    String again = run.traceHash(new LeakyChoices(run.seed(), SERVICE_TIMES));
    String unused = run.traceHash(new LeakyChoices(run.seed(), "no such purpose"));

    assertThat(again).isNotEqualTo(hash);
    assertThat(unused).isEqualTo(run.traceHash());
  }

  @Example
  void tells_the_first_line_in_which_two_executions_differ() {
    Run run = quickstart(7);

    assertThatThrownBy(
            () -> Repetition.check(run, () -> new LeakyChoices(run.seed(), SERVICE_TIMES)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("two executions of one run differ")
        .message()
        .containsPattern(
            "from line \\d+ of the trace on:\\n  [ \\d]+\\.\\d+ .*\\n  [ \\d]+\\.\\d+ ");
  }

  private static Run quickstart(long seed) {
    return Run.of(ScenarioLibrary.load("quickstart"), seed);
  }

  private static Recording.Draws none() {
    return new Recording.Draws();
  }

  private static Recording.Draws firstHalf(Recording.Draws draws) {
    Recording.Draws half = new Recording.Draws();
    for (int i = 0; i < draws.size() / 2; i++) {
      half.add(draws.value(i), draws.bound(i));
    }
    return half;
  }
}
