package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Runs one scenario with many seeds, several at once. Whether every fault fired, every invariant
 * saw something and every mark was reached is judged over all runs together. What fails is run
 * again before it is told, and so is a sample of the others: if that is another history, this is
 * what the seed is said to break.
 */
public final class Campaign {
  /**
   * What came out.
   *
   * @param failed the first violation of each seed that failed, by seed; {@link Repetition#BROKEN}
   *     if it did not have the same history again
   * @param coverage what all runs together did not reach; nothing is said of it where the campaign
   *     was ended early by a failure or by somebody
   */
  public record Outcome(
      long seeds,
      SortedMap<Long, Violation> failed,
      List<Violation> coverage,
      SortedMap<String, Long> marks,
      double seconds) {}

  /**
   * What to run.
   *
   * @param first seed
   * @param last seed, included
   * @param parallel how many runs at once
   * @param stopAtFirst whether to begin no run any more once one has failed
   * @param enough whether to begin no run any more, because the time is up for example
   * @param abandoned whether to leave off at once, runs that are under way included
   */
  public record Plan(
      long first,
      long last,
      int parallel,
      boolean stopAtFirst,
      BooleanSupplier enough,
      BooleanSupplier abandoned) {
    /** All seeds from the first to the last. */
    public static Plan all(long first, long last, int parallel) {
      return new Plan(first, last, parallel, false, () -> false, () -> false);
    }
  }

  /** Told how a campaign is going. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * How far it is.
     *
     * @param done how many runs are done
     * @param failed how many of them failed
     * @param marksReached how many coverage marks at least one of them reached
     * @param marks how many marks there are
     */
    void at(long done, long failed, long marksReached, long marks);
  }

  /** Of every so many seeds, one that passed is run again. */
  static final int SAMPLE = 50;

  /** How often to look whether a campaign is abandoned while a run takes its time. */
  private static final long LOOK_MILLIS = 50;

  private final Scenario scenario;
  private final Plan plan;
  private final RunOptions options;
  private final SortedMap<Long, Violation> failed = new TreeMap<>();
  private final SortedMap<String, Long> marks = new TreeMap<>();
  private final Map<String, Long> fired = new LinkedHashMap<>();
  private final Map<String, Long> judged = new LinkedHashMap<>();
  private long done;

  private Campaign(Scenario scenario, Plan plan, RunOptions options) {
    this.scenario = scenario;
    this.plan = plan;
    this.options = options.withoutCoverage();
  }

  /**
   * Runs the seeds from {@code first} to {@code last}, both included.
   *
   * @param parallel how many runs at once
   * @param progress told, by the calling thread, how many runs are done
   */
  public static Outcome run(
      Scenario scenario, long first, long last, int parallel, LongConsumer progress)
      throws Exception {
    return run(scenario, Plan.all(first, last, parallel), progress);
  }

  /** Runs what is planned, and tells how many runs are done. */
  public static Outcome run(Scenario scenario, Plan plan, LongConsumer progress) throws Exception {
    return watched(scenario, plan, (done, failed, reached, marks) -> progress.accept(done));
  }

  /** Runs what is planned, and tells the calling thread's watcher after each run how it goes. */
  public static Outcome watched(Scenario scenario, Plan plan, Watcher watcher) throws Exception {
    return run(scenario, plan, RunOptions.DEFAULT, watcher);
  }

  /** The same with other members, for example. */
  static Outcome run(Scenario scenario, Plan plan, RunOptions options, Watcher watcher)
      throws Exception {
    return new Campaign(scenario, plan, options).run(watcher);
  }

  private Outcome run(Watcher progress) throws Exception {
    long startedNanos = System.nanoTime();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            plan.parallel(),
            task -> {
              Thread thread = new Thread(task, "campaign");
              thread.setDaemon(true);
              return thread;
            });
    try {
      runAll(new ExecutorCompletionService<>(pool), progress);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    } finally {
      pool.shutdownNow();
    }
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    boolean early = plan.abandoned().getAsBoolean() || foundEnough();
    return new Outcome(done, failed, early ? List.of() : coverage(), marks, seconds);
  }

  private void runAll(CompletionService<Checked> runs, Watcher watcher) throws Exception {
    long next = plan.first();
    boolean more = true;
    long underWay = 0;
    while (underWay > 0 || more) {
      // Only a few runs are queued at a time: a campaign can have millions.
      while (more && underWay < 2L * plan.parallel()) {
        long seed = next++;
        more = seed < plan.last();
        var unused = runs.submit(() -> one(seed));
        underWay++;
      }
      Future<Checked> run = runs.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (plan.abandoned().getAsBoolean()) {
        return;
      }
      if (run != null) {
        take(run.get());
        underWay--;
        long reached = marks.values().stream().filter(hits -> hits > 0).count();
        watcher.at(done, failed.size(), reached, marks.size());
      }
      more &= !foundEnough() && !plan.enough().getAsBoolean();
    }
  }

  /**
   * A run, and what the second one showed.
   *
   * @param different what was not the same again, if the run was repeated and something was not
   */
  private record Checked(RunResult result, Optional<Violation> different) {}

  private Checked one(long seed) throws Exception {
    try {
      RunResult result = ScenarioRunner.simulate(scenario, seed, options);
      Optional<String> hash = hash(result);
      boolean again = !result.violations().isEmpty() || Math.floorMod(seed, SAMPLE) == 0;
      return new Checked(
          result,
          again && hash.isPresent()
              ? Repetition.check(hash.get(), trace -> hash(traced(seed, trace)))
              : Optional.empty());
    } catch (IllegalStateException | AssertionError | NullPointerException broken) {
      throw new IllegalStateException(
          scenario.name() + " with seed " + seed + " broke down: " + broken.getMessage(), broken);
    }
  }

  private RunResult traced(long seed, Optional<Consumer<String>> trace) throws Exception {
    return ScenarioRunner.simulate(scenario, seed, trace.map(options::withTrace).orElse(options));
  }

  private Optional<String> hash(RunResult result) {
    boolean cutOff = result.wallMillis() >= scenario.limits().wall().toMillis();
    return cutOff ? Optional.empty() : Optional.ofNullable(result.traceHash());
  }

  private boolean foundEnough() {
    return plan.stopAtFirst() && !failed.isEmpty();
  }

  private void take(Checked checked) {
    RunResult result = checked.result();
    done++;
    if (checked.different().isPresent()) {
      failed.put(result.seed(), checked.different().get());
    } else if (!result.violations().isEmpty()) {
      failed.put(result.seed(), result.violations().get(0));
    }
    result.marks().forEach((name, hits) -> marks.merge(name, hits, Long::sum));
    for (FaultResult fault : result.faults()) {
      fired.merge(fault.name(), fault.fired(), Long::sum);
    }
    for (InvariantResult invariant : result.invariants()) {
      judged.merge(invariant.name(), invariant.facts(), Long::sum);
    }
  }

  private List<Violation> coverage() {
    List<Violation> missing = new ArrayList<>();
    for (Fault fault : scenario.faults()) {
      if (!fault.mayNotFire() && fired.getOrDefault(fault.name(), 0L) == 0) {
        missing.add(violation("unfired:" + fault.name(), "never fired in any run"));
      }
    }
    judged.forEach(
        (name, facts) -> {
          if (facts == 0) {
            missing.add(violation("vacuous:" + name, "saw nothing in any run"));
          }
        });
    for (Mark mark : scenario.expect().reached()) {
      if (marks.getOrDefault(mark.name(), 0L) < mark.atLeast()) {
        missing.add(violation("vacuous:" + mark.name(), "not reached often enough in all runs"));
      }
    }
    return missing;
  }

  private static Violation violation(String name, String message) {
    return new Violation(name, message, 0, List.of());
  }
}
