package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Limits;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.Recording;
import io.heddle.simulator.choice.RecordingChoices;
import io.heddle.simulator.choice.ReplayedChoices;
import io.heddle.simulator.choice.SeededChoices;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Looks for a run of a scenario that breaks what the original run broke first: with the seed that
 * did so last, then with a few small ones. Where the decisions of the last failing run, replayed,
 * break it in the smaller scenario too, the failure is still there to be found, and many more seeds
 * are tried. Not thread-safe.
 */
final class FailureSearch {
  private static final int SEEDS = 5;
  private static final int SEEDS_IF_REPLAYED = 50;
  private static final long LEAST_WALL_MILLIS = 2_000;
  private static final long SLOWER = 10;

  /** How a scenario is run. */
  @FunctionalInterface
  interface Runs {
    RunResult run(Scenario scenario, long seed, Choices choices) throws Exception;
  }

  /** A run that failed as it should, and what it decided. */
  record Found(long seed, RunResult result, Recording recording) {}

  private final Runs runs;
  private final String broken;
  private final long wallMillis;
  private final BooleanSupplier over;
  private Found last;
  private long count = 1;
  private int patience = 1;

  private FailureSearch(Runs runs, Found original, BooleanSupplier over) {
    this.runs = runs;
    this.last = original;
    this.over = over;
    this.broken = original.result().violations().get(0).invariant();
    this.wallMillis = Math.max(LEAST_WALL_MILLIS, SLOWER * original.result().wallMillis());
  }

  /** A search for what this run breaks; empty if it breaks nothing. */
  static Optional<FailureSearch> of(Runs runs, Scenario scenario, long seed, BooleanSupplier over)
      throws Exception {
    RecordingChoices choices = new RecordingChoices(new SeededChoices(seed));
    RunResult result = runs.run(scenario, seed, choices);
    return result.violations().isEmpty()
        ? Optional.empty()
        : Optional.of(new FailureSearch(runs, new Found(seed, result, choices.recording()), over));
  }

  /** What has to be broken. */
  String broken() {
    return broken;
  }

  /** The last run that failed as it should. */
  Found last() {
    return last;
  }

  /** How many runs there were. */
  long count() {
    return count;
  }

  /** Tries so many times as many seeds from now on. */
  void beMorePatient(int times) {
    patience *= times;
  }

  /** Whether some run of the scenario fails; if so, it is the last one from now on. */
  boolean fails(Scenario scenario) {
    Scenario limited = limited(scenario);
    if (last.seed() >= 0 && fails(limited, last.seed())) {
      return true;
    }
    RunResult replayed = run(limited, last.seed(), new ReplayedChoices(last.recording()));
    boolean isThere = replayed != null && isBroken(replayed);
    int seeds = patience * (isThere ? SEEDS_IF_REPLAYED : SEEDS);
    for (long seed = 1; seed <= seeds && !over.getAsBoolean(); seed++) {
      if (seed != last.seed() && fails(limited, seed)) {
        return true;
      }
    }
    return false;
  }

  private boolean fails(Scenario scenario, long seed) {
    RecordingChoices choices = new RecordingChoices(new SeededChoices(seed));
    RunResult result = run(scenario, seed, choices);
    if (result == null || !isBroken(result)) {
      return false;
    }
    last = new Found(seed, result, choices.recording());
    return true;
  }

  /** What is cut off by real time is no failure that could be had again. */
  private boolean isBroken(RunResult result) {
    return result.wallMillis() < wallMillis
        && !result.violations().isEmpty()
        && result.violations().get(0).invariant().equals(broken);
  }

  private Scenario limited(Scenario scenario) {
    Limits limits = scenario.limits();
    Duration wall = Duration.ofMillis(Math.min(wallMillis, limits.wall().toMillis()));
    return scenario.withLimits(new Limits(limits.virtual(), wall, limits.events()));
  }

  /** Null if the scenario cannot be run at all. */
  private @org.jspecify.annotations.Nullable RunResult run(
      Scenario scenario, long seed, Choices choices) {
    count++;
    try {
      return runs.run(scenario, seed, choices);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    } catch (Exception notRunnable) {
      return null;
    }
  }
}
