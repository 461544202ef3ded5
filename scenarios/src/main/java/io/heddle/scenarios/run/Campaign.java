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
import java.util.function.LongConsumer;

/**
 * Runs one scenario with many seeds, several at once. Whether every fault fired, every invariant
 * saw something and every mark was reached is judged over all runs together.
 */
public final class Campaign {
  /**
   * What came out.
   *
   * @param failed the first violation of each seed that failed, by seed
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

  /** How often to look whether a campaign is abandoned while a run takes its time. */
  private static final long LOOK_MILLIS = 50;

  private final Scenario scenario;
  private final Plan plan;
  private final SortedMap<Long, Violation> failed = new TreeMap<>();
  private final SortedMap<String, Long> marks = new TreeMap<>();
  private final Map<String, Long> fired = new LinkedHashMap<>();
  private final Map<String, Long> judged = new LinkedHashMap<>();
  private long done;

  private Campaign(Scenario scenario, Plan plan) {
    this.scenario = scenario;
    this.plan = plan;
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

  /** Runs what is planned. */
  public static Outcome run(Scenario scenario, Plan plan, LongConsumer progress) throws Exception {
    return new Campaign(scenario, plan).run(progress);
  }

  private Outcome run(LongConsumer progress) throws Exception {
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

  private void runAll(CompletionService<RunResult> runs, LongConsumer progress) throws Exception {
    RunOptions options =
        new RunOptions(RunOptions.DEFAULT.trace(), RunOptions.DEFAULT.progress(), false);
    long next = plan.first();
    boolean more = true;
    long underWay = 0;
    while (underWay > 0 || more) {
      // Only a few runs are queued at a time: a campaign can have millions.
      while (more && underWay < 2L * plan.parallel()) {
        long seed = next++;
        more = seed < plan.last();
        var unused = runs.submit(() -> ScenarioRunner.simulate(scenario, seed, options));
        underWay++;
      }
      Future<RunResult> run = runs.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (plan.abandoned().getAsBoolean()) {
        return;
      }
      if (run != null) {
        take(run.get());
        underWay--;
        progress.accept(done);
      }
      more &= !foundEnough() && !plan.enough().getAsBoolean();
    }
  }

  private boolean foundEnough() {
    return plan.stopAtFirst() && !failed.isEmpty();
  }

  private void take(RunResult result) {
    done++;
    if (!result.violations().isEmpty()) {
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
