package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.result.RunResult.Violation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class CampaignTest {
  private static final Violation NOTHING = new Violation("", "", 0, List.of());
  private static final Scenario NAIVE = ScenarioLibrary.load("naive-async");

  @Test
  void runsEachSeedOnce() throws Exception {
    Campaign.Outcome outcome = Campaign.run(NAIVE, 5, 9, 2, done -> {});

    assertThat(outcome.seeds()).isEqualTo(5);
    assertThat(outcome.failed()).containsOnlyKeys(5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void beginsNoRunAfterAFailureIfThatIsEnough() throws Exception {
    Campaign.Plan plan = new Campaign.Plan(1, 1_000_000, 2, true, () -> false, () -> false);

    Campaign.Outcome outcome = Campaign.run(NAIVE, plan, done -> {});

    assertThat(outcome.seeds()).isBetween(1L, 4L);
    assertThat(outcome.failed()).isNotEmpty();
  }

  @Test
  void beginsNoRunWhenTheTimeIsUp() throws Exception {
    AtomicLong looks = new AtomicLong();
    Campaign.Plan plan =
        new Campaign.Plan(
            1, Long.MAX_VALUE - 1, 1, false, () -> looks.incrementAndGet() > 3, () -> false);

    Campaign.Outcome outcome = Campaign.run(NAIVE, plan, done -> {});

    assertThat(outcome.seeds()).isBetween(1L, 10L);
  }

  @Test
  void tellsWhatIsDoneWhenItIsAbandonedAndJudgesNoCoverage() throws Exception {
    AtomicLong finished = new AtomicLong();
    Campaign.Plan plan =
        new Campaign.Plan(1, 1_000_000, 1, false, () -> false, () -> finished.get() >= 2);

    Campaign.Outcome outcome = Campaign.run(neverFiring(), plan, finished::set);

    assertThat(outcome.seeds()).isEqualTo(2);
    assertThat(outcome.coverage()).isEmpty();
  }

  @Test
  void tellsWhatNoRunReachedApartFromSeeds() throws Exception {
    Campaign.Outcome outcome = Campaign.run(neverFiring(), 1, 2, 2, done -> {});

    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.coverage())
        .extracting(Violation::invariant)
        .containsExactly("unfired:never");
  }

  @Test
  void saysOfASampleWhetherItIsTheSameHistoryAgain() throws Exception {
    AtomicLong outside = new AtomicLong();

    Campaign.Outcome leaky = run(49, 51, outside::incrementAndGet);
    Campaign.Outcome tight = run(49, 51, () -> 1);

    assertThat(leaky.failed()).containsOnlyKeys(50L);
    Violation different = leaky.failed().getOrDefault(50L, NOTHING);
    assertThat(different.invariant()).isEqualTo("not-deterministic");
    assertThat(different.message())
        .startsWith("two runs of one seed are two histories (")
        .containsPattern("from line \\d+ of the trace on: \\d+\\.\\d+ .* \\| \\d+\\.\\d+ ");
    assertThat(tight.failed()).isEmpty();
  }

  @Test
  void saysOfEachFailureWhetherItIsTheSameHistoryAgain() throws Exception {
    AtomicLong outside = new AtomicLong();

    Campaign.Outcome leaky = run(1, 2, () -> -outside.incrementAndGet());
    Campaign.Outcome tight = run(1, 2, () -> -1);

    assertThat(leaky.failed().values())
        .extracting(Violation::invariant)
        .containsOnly("not-deterministic");
    assertThat(tight.failed().values()).extracting(Violation::invariant).containsOnly("progress");
  }

  /**
   * A member that takes that long before it consumes; if that is negative, it commits nothing.
   *
   * @param nanos which may come from outside of the run
   */
  private static Campaign.Outcome run(long first, long last, LongSupplier nanos) throws Exception {
    RunOptions options = RunOptions.DEFAULT.withPeer(task -> new LeakyMember(task, nanos));
    return Campaign.run(
        ScenarioLibrary.load("cut-off").withFaults(List.of()),
        Campaign.Plan.all(first, last, 2),
        options,
        (done, failed, reached, marks) -> {});
  }

  private static Scenario neverFiring() {
    Scenario scenario = ScenarioLibrary.load("slow-key");
    Trigger trigger =
        new Trigger.OnRequest(
            Api.OFFSET_COMMIT,
            new Trigger.Pick.Nth(1_000_000),
            new Trigger.Window(Duration.ZERO, scenario.heal().at()),
            Target.ANY);
    return scenario.withFaults(
        List.of(new Fault("never", trigger, new Action.DropRequest(), false)));
  }
}
