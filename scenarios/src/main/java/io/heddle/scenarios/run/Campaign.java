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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
   * @param coverage what all runs together did not reach
   */
  public record Outcome(
      long seeds,
      SortedMap<Long, Violation> failed,
      List<Violation> coverage,
      SortedMap<String, Long> marks,
      double seconds) {}

  private final Scenario scenario;
  private final SortedMap<Long, Violation> failed = new TreeMap<>();
  private final SortedMap<String, Long> marks = new TreeMap<>();
  private final Map<String, Long> fired = new LinkedHashMap<>();
  private final Map<String, Long> judged = new LinkedHashMap<>();
  private long done;

  private Campaign(Scenario scenario) {
    this.scenario = scenario;
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
    return new Campaign(scenario).run(first, last, parallel, progress);
  }

  private Outcome run(long first, long last, int parallel, LongConsumer progress) throws Exception {
    long startedNanos = System.nanoTime();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            parallel,
            task -> {
              Thread thread = new Thread(task, "campaign");
              thread.setDaemon(true);
              return thread;
            });
    try {
      ExecutorCompletionService<RunResult> runs = new ExecutorCompletionService<>(pool);
      RunOptions options =
          new RunOptions(RunOptions.DEFAULT.trace(), RunOptions.DEFAULT.progress(), false);
      long next = first;
      long underWay = 0;
      while (underWay > 0 || next <= last) {
        // Only a few runs are queued at a time: a campaign can have millions.
        while (next <= last && underWay < 2L * parallel) {
          long seed = next++;
          var unused = runs.submit(() -> ScenarioRunner.simulate(scenario, seed, options));
          underWay++;
        }
        take(runs.take().get());
        underWay--;
        progress.accept(done);
        if (next < first) {
          break;
        }
      }
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    } finally {
      pool.shutdownNow();
    }
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    return new Outcome(done, failed, coverage(), marks, seconds);
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
