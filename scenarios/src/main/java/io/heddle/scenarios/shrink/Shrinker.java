package io.heddle.scenarios.shrink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.About;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.scenarios.run.Swarms;
import io.heddle.simulator.choice.SeededChoices;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Makes failing scenarios small. Has no state; may be used by several threads at once. */
public final class Shrinker {
  private static final int LONGEST_NAME = 200;
  private static final int MOST_RECORDS = 20;
  private static final int MOST_FAULTS = 10;
  private static final int DEEPER = 3;
  private static final int MORE_SEEDS = 6;
  private static final String SUFFIX = "-shrunk";
  private static final FailureSearch.Runs SIMULATED =
      (scenario, seed, choices) ->
          ScenarioRunner.simulate(scenario, seed, choices, RunOptions.DEFAULT);

  /** What matters most for how long a run takes comes first. */
  static final List<Consumer<Variants>> STEPS =
      List.of(
          FaultSteps::fewer,
          WorkloadSteps::fewer,
          WorkloadSteps::records,
          WorkloadSteps::slower,
          SettingSteps::members,
          SettingSteps::times,
          WorkloadSteps::transactions,
          WorkloadSteps::partitions,
          WorkloadSteps::keys,
          WorkloadSteps::plainer,
          FaultSteps::plainer,
          SettingSteps::handler,
          SettingSteps::network,
          SettingSteps::group,
          SettingSteps::cluster,
          SettingSteps::schedule,
          SettingSteps::transactions,
          SettingSteps::work,
          SettingSteps::store,
          SettingSteps::engine);

  private Shrinker() {}

  /**
   * Reduces a scenario whose run with this seed breaks something, to one that breaks the same.
   *
   * @param time how long to go on at most; a scenario that is not minimal yet then is still right
   * @param nanoTime the clock that this is measured with
   * @param progress told, now and then, how many runs there have been
   * @return empty if the run breaks nothing
   * @throws IllegalStateException if the failure cannot be had again, which real time can cause
   */
  public static Optional<Shrunk> shrink(
      Scenario scenario, long seed, Duration time, LongSupplier nanoTime, LongConsumer progress)
      throws Exception {
    long startedNanos = nanoTime.getAsLong();
    BooleanSupplier over =
        () ->
            nanoTime.getAsLong() - startedNanos >= time.toNanos()
                || Thread.currentThread().isInterrupted();
    Scenario drawn = Swarms.draw(scenario, new SeededChoices(seed));
    Optional<FailureSearch> search = FailureSearch.of(SIMULATED, drawn, seed, over);
    return search.isEmpty()
        ? Optional.empty()
        : Optional.of(shrink(drawn, search.get(), over, progress));
  }

  private static Shrunk shrink(
      Scenario scenario, FailureSearch search, BooleanSupplier over, LongConsumer progress)
      throws Exception {
    FailureSearch.Found original = search.last();
    String broken = search.broken();
    Scenario focused = scenario.withExpect(ExpectSteps.only(scenario.expect(), broken));
    boolean stable = search.fails(focused);
    Reducer reducer =
        new Reducer(
            stable ? focused : scenario,
            STEPS,
            variant -> {
              progress.accept(search.count());
              return search.fails(variant);
            },
            over);
    Scenario reduced = reducer.reduce();
    for (int i = 0; i < DEEPER && isLarge(reduced, search) && !over.getAsBoolean(); i++) {
      search.beMorePatient(MORE_SEEDS);
      reduced = reducer.reduce();
    }
    FailureSearch.Found found = search.last();
    boolean asExpected = scenario.expect().outcome().equals(broken);
    Scenario named =
        asInItsFile(
            reduced
                .withAbout(about(scenario.about(), broken, original.seed()))
                .withSeeds(SeedRange.of(found.seed()))
                .withExpect(
                    ExpectSteps.outcome(reduced.expect(), asExpected ? broken : Expect.PASSED)));
    RunResult run = confirmed(named, broken);
    return new Shrunk(
        named,
        run.violations().get(0),
        Objects.requireNonNull(run.traceHash()),
        Size.of(scenario, original.result().records()),
        Size.of(named, run.records()),
        reducer.candidates(),
        search.count() + 2,
        reducer.finished());
  }

  /** Whether there is more than somebody wants to read: then rarer failures are looked for. */
  private static boolean isLarge(Scenario scenario, FailureSearch search) {
    Size size = Size.of(scenario, search.last().result().records());
    return size.records() > MOST_RECORDS || size.faults() > MOST_FAULTS;
  }

  private static About about(About original, String broken, long seed) {
    String name = original.name();
    if (!name.endsWith(SUFFIX)) {
      name = name.substring(0, Math.min(LONGEST_NAME, name.length())) + SUFFIX;
    }
    return new About(
        name,
        "The least of " + original.name() + " that still breaks " + broken,
        "Reduced from a run of " + original.name() + " with the seed " + seed + ".",
        original.tags(),
        original.source());
  }

  private static Scenario asInItsFile(Scenario scenario) {
    return ScenarioReader.read("shrunk", ScenarioWriter.write(scenario).getBytes(UTF_8));
  }

  /** Runs what the file will say, twice: what fails once by accident is of no use to anybody. */
  private static RunResult confirmed(Scenario scenario, String broken) throws Exception {
    RunResult first = run(scenario);
    RunResult second = run(scenario);
    boolean alike =
        asInItsFile(scenario).equals(scenario)
            && Objects.equals(first.traceHash(), second.traceHash())
            && breaksFirst(first, broken)
            && breaksFirst(second, broken);
    if (!alike) {
      throw new IllegalStateException("the failure cannot be had again: " + broken);
    }
    return first;
  }

  private static RunResult run(Scenario scenario) throws Exception {
    long seed = scenario.seeds().from();
    return SIMULATED.run(scenario, seed, new SeededChoices(seed));
  }

  private static boolean breaksFirst(RunResult result, String broken) {
    return !result.violations().isEmpty() && result.violations().get(0).invariant().equals(broken);
  }
}
