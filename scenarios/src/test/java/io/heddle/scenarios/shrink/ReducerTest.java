package io.heddle.scenarios.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Backoff;
import io.heddle.scenarios.model.Commits;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Flow;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.OnFailure;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Transactions;
import io.heddle.scenarios.model.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Reduces towards failures that are known exactly, without a run. */
class ReducerTest {
  private static final Scenario LARGE = ScenarioLibrary.load("rebalance-storm");

  @Test
  void leavesExactlyWhatTheFailureNeeds() {
    Reducer reducer = new Reducer(LARGE, Shrinker.STEPS, ReducerTest::planted, () -> false);

    Scenario reduced = reducer.reduce();

    assertThat(reducer.finished()).isTrue();
    assertThat(Size.of(reduced, records(reduced))).isEqualTo(new Size(1, 2, 1, 3, 37, 5));
    assertThat(reduced.produce().get(0).keys()).isEqualTo(new Keys.Sequential(5));
    assertThat(reduced.group().config()).isEmpty();
    assertThat(reduced.engine().scheduler().concurrency()).isEqualTo(1);
    assertThat(reduced.handler().service()).isEqualTo(new Distribution.Constant(1_000_000));
    assertThat(reduced.faults().get(0).trigger()).isInstanceOf(Trigger.OnRequest.class);
  }

  @Test
  void leavesNoStepThatKeepsTheFailure() {
    Scenario reduced =
        new Reducer(LARGE, Shrinker.STEPS, ReducerTest::planted, () -> false).reduce();

    Variants left = new Variants(reduced);
    Shrinker.STEPS.forEach(step -> step.accept(left));
    assertThat(left.list()).isNotEmpty().noneMatch(ReducerTest::planted);
  }

  @Test
  void comesToAnEndWhateverFails() {
    Reducer reducer = new Reducer(LARGE, Shrinker.STEPS, scenario -> true, () -> false);

    Scenario reduced = reducer.reduce();

    assertThat(reducer.finished()).isTrue();
    assertThat(Size.of(reduced, records(reduced))).isEqualTo(new Size(0, 1, 1, 1, 1, 1));
    assertThat(reduced.heal().at()).isEqualTo(Duration.ZERO);
  }

  @Test
  void leavesOfAChangeOfLimitsTheOneThatMatters() {
    Fault change =
        new Fault(
            "change",
            new Trigger.Every(
                Duration.ofMillis(300), Duration.ofMillis(100), Duration.ofSeconds(3)),
            new Action.ChangeLimits(Target.ALL, 6, 8, 40),
            false);
    Predicate<Scenario> deepQueues =
        scenario ->
            scenario.faults().stream()
                .map(Fault::action)
                .anyMatch(
                    action ->
                        action instanceof Action.ChangeLimits limits
                            && limits.queueDepth() != null
                            && limits.queueDepth() >= 3);

    Scenario reduced =
        new Reducer(LARGE.withFaults(List.of(change)), Shrinker.STEPS, deepQueues, () -> false)
            .reduce();

    assertThat(reduced.faults())
        .extracting(Fault::action)
        .containsExactly(new Action.ChangeLimits(new Target("m1"), null, 3, null));
  }

  @Test
  void leavesTheEngineAsUsualWhereItsSettingsDoNotMatter() {
    Patience.Limit soon =
        new Patience.Limit(Duration.ofSeconds(2), OnFailure.Then.SKIP, Optional.empty());
    Patience impatient =
        new Patience(
            Optional.of(soon),
            Optional.of(soon),
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ZERO);
    Engine engine = LARGE.engine();
    Scenario odd =
        LARGE.withEngine(
            engine
                .withFlow(new Flow(50, 9_000, 70))
                .withCommits(
                    new Commits(
                        Duration.ofMillis(70),
                        Optional.of(Duration.ofSeconds(1)),
                        OptionalInt.of(9),
                        Backoff.of(Duration.ofMillis(7)),
                        0))
                .withWork(engine.work().withPatience(impatient)));

    Scenario reduced = reduced(odd, ReducerTest::planted);
    Scenario byBytes = reduced(odd, each -> each.engine().flow().bytes() < 10_000);
    Scenario often =
        reduced(odd, each -> each.engine().commits().every().equals(Duration.ofMillis(70)));
    Scenario late = reduced(odd, each -> each.engine().work().patience().giveUp().isPresent());

    assertThat(reduced.engine().flow()).isEqualTo(Flow.DEFAULT);
    assertThat(reduced.engine().commits()).isEqualTo(Commits.DEFAULT);
    assertThat(often.engine().commits())
        .isEqualTo(Commits.DEFAULT.withEvery(Duration.ofMillis(70)));
    assertThat(reduced.engine().work().patience()).isEqualTo(Patience.DEFAULT);
    assertThat(late.engine().work().patience())
        .isEqualTo(
            new Patience(
                Optional.empty(),
                Optional.of(soon),
                Duration.ofSeconds(2),
                Patience.DEFAULT.topicTimeout(),
                Patience.DEFAULT.instanceTimeout()));
    assertThat(byBytes.engine().flow()).isEqualTo(Flow.DEFAULT.withBytes(9_000));
  }

  @Test
  void leavesOfTransactionsWhatTheFailureNeeds() {
    Scenario some =
        LARGE.withProduce(
            LARGE.produce().stream()
                .map(
                    each ->
                        each.withTransactions(
                            Optional.of(new Transactions(20, 0.25, 0.1, Transactions.TIMEOUT))))
                .toList());

    Scenario none = reduced(some, ReducerTest::planted);
    Scenario hanging =
        reduced(
            some,
            each -> each.produce().get(0).transactions().filter(t -> t.hanging() > 0).isPresent());

    assertThat(none.produce()).allMatch(each -> each.transactions().isEmpty());
    assertThat(hanging.produce().get(0).transactions())
        .contains(new Transactions(1, 0, 0.1, Transactions.TIMEOUT));
  }

  private static Scenario reduced(Scenario scenario, Predicate<Scenario> fails) {
    return new Reducer(scenario, Shrinker.STEPS, fails, () -> false).reduce();
  }

  @Test
  void keepsWhatItHasWhenTheTimeIsUp() {
    int[] left = {20};
    Reducer reducer =
        new Reducer(LARGE, Shrinker.STEPS, ReducerTest::planted, () -> left[0]-- <= 0);

    Scenario reduced = reducer.reduce();

    assertThat(reducer.finished()).isFalse();
    assertThat(reduced).isNotEqualTo(LARGE).matches(ReducerTest::planted);
    assertThat(reducer.candidates()).isLessThanOrEqualTo(20);
  }

  @Test
  void lettingAMemberGoHandsItsFaultsToOneThatStays() {
    Fault crash =
        new Fault(
            "crash",
            new Trigger.At(Duration.ofSeconds(1)),
            new Action.CrashClient(new Target("m4"), null),
            false);
    Scenario scenario = LARGE.withFaults(List.of(crash));
    Predicate<Scenario> crashes = variant -> variant.faults().size() == 1;

    Scenario reduced = new Reducer(scenario, Shrinker.STEPS, crashes, () -> false).reduce();

    assertThat(reduced.group().members()).isEqualTo(1);
    assertThat(reduced.faults().get(0).target()).isEqualTo(new Target("m1"));
    assertThat(reduced.faults().get(0).trigger()).isEqualTo(new Trigger.At(Duration.ZERO));
  }

  private static boolean planted(Scenario scenario) {
    return records(scenario) >= 37
        && scenario.topics().get(0).partitions() >= 3
        && scenario.group().members() >= 2
        && scenario.produce().get(0).keys().count() >= 5
        && scenario.faults().stream().anyMatch(ReducerTest::hitsHeartbeats);
  }

  private static long records(Scenario scenario) {
    Long count = scenario.produce().get(0).count();
    return count == null ? 0 : count;
  }

  private static boolean hitsHeartbeats(Fault fault) {
    return fault.name().equals("lost-heartbeats");
  }
}
