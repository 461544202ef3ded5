package io.heddle.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All runs, in an order in which the weather of a machine befalls the arms alike: one after another
 * at each workload, and the other way round in the next repeat.
 */
final class Campaign {
  private static final int QUICK_REPEATS = 3;
  private static final int REPEATS = 5;
  private static final long QUICK_NANOS = 540_000_000_000L;

  private final Options options;
  private final Map<String, List<Map<String, Double>>> runs = new LinkedHashMap<>();
  private boolean failed;

  Campaign(Options options) {
    this.options = options;
  }

  /** Whether a run failed, which has no figure then. */
  boolean hasFailed() {
    return failed;
  }

  Report run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    int repeats = options.quick() ? QUICK_REPEATS : REPEATS;
    for (int repeat = 0; repeat < repeats; repeat++) {
      long before = System.nanoTime();
      for (Workload workload : options.workloads()) {
        List<Arm> arms = new ArrayList<>(workload.arms());
        if (repeat % 2 == 1) {
          Collections.reverse(arms);
        }
        for (Arm arm : arms) {
          System.err.printf("%d/%d %s %s%n", repeat + 1, repeats, workload.label(), arm.label());
          runOne(workload, arm);
        }
      }
      long now = System.nanoTime();
      // The next one may take a fifth longer.
      if (options.quick() && now - start + (now - before) * 6 / 5 > QUICK_NANOS) {
        break;
      }
    }
    return report();
  }

  private void runOne(Workload workload, Arm arm) throws IOException, InterruptedException {
    Map<String, Double> figures = Forks.run(workload, arm);
    if (figures.isEmpty()) {
      failed = true;
    } else {
      runs.computeIfAbsent(name(workload, arm), name -> new ArrayList<>()).add(figures);
    }
  }

  private static String name(Workload workload, Arm arm) {
    return workload.label() + " " + arm.label();
  }

  private Report report() {
    List<Report.Row> rows = new ArrayList<>();
    List<Report.Ratio> ratios = new ArrayList<>();
    for (Workload workload : options.workloads()) {
      for (Arm arm : workload.arms()) {
        List<Double> values = values(workload, arm, Fork.VALUE);
        if (!values.isEmpty()) {
          rows.add(
              new Report.Row(
                  workload.label(),
                  arm.label(),
                  Fork.median(values),
                  Collections.min(values),
                  Collections.max(values),
                  workload.unit()));
        }
      }
      ratios.addAll(ratios(workload));
    }
    return new Report(rows, ratios);
  }

  private List<Report.Ratio> ratios(Workload workload) {
    List<Report.Ratio> ratios = new ArrayList<>();
    List<Double> ours = values(workload, Arm.HEDDLE, Fork.VALUE);
    // A ratio of counts that are to be zero says nothing.
    if (ours.isEmpty() || workload == Workload.CHURN) {
      return ratios;
    }
    for (Arm arm : workload.arms()) {
      List<Double> theirs = values(workload, arm, Fork.VALUE);
      if (arm != Arm.HEDDLE && !theirs.isEmpty()) {
        ratios.add(ratio(workload, arm.label(), Fork.median(ours) / Fork.median(theirs)));
      }
    }
    List<Double> ideals = values(workload, Arm.HEDDLE, Fork.IDEAL);
    if (!ideals.isEmpty()) {
      ratios.add(ratio(workload, Fork.IDEAL, Fork.median(ours) / Fork.median(ideals)));
    }
    return ratios;
  }

  private static Report.Ratio ratio(Workload workload, String to, double value) {
    return new Report.Ratio(workload.label(), Arm.HEDDLE.label(), to, value);
  }

  private List<Double> values(Workload workload, Arm arm, String figure) {
    List<Double> values = new ArrayList<>();
    for (Map<String, Double> figures : runs.getOrDefault(name(workload, arm), List.of())) {
      Double value = figures.get(figure);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }
}
