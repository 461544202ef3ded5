package io.heddle.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The program of a fresh JVM: warms up, measures, and prints its figures, one a line as {@code
 * NAME=VALUE}. A broken promise is told on standard error and by exit code 10.
 */
final class Fork {
  static final String VALUE = "value";
  static final String IDEAL = "ideal";
  static final int VIOLATED = 10;

  private static final int WARM_UPS = 3;
  private static final int MEASURED = 3;

  private Fork() {}

  /** Runs {@code WORKLOAD ARM}. */
  public static void main(String[] arguments) throws Exception {
    Workload workload = Workload.labelled(arguments[0]);
    Arm arm = Arm.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    try {
      System.out.println(VALUE + "=" + measure(workload, arm));
      if (workload == Workload.KEYS_20_1MS) {
        int keys = workload.load(arm, false).keys();
        System.out.println(IDEAL + "=" + Ideal.rate(keys, 500, workload.workMillis(false)));
      }
      // Whatever threads an arm has left behind.
      System.exit(0);
    } catch (ViolationException e) {
      System.err.println(workload.label() + " " + arm.label() + ": " + e.getMessage());
      System.exit(VIOLATED);
    }
  }

  private static double measure(Workload workload, Arm arm) throws Exception {
    if (workload == Workload.EOS) {
      try (BrokerProcess broker = BrokerProcess.start()) {
        return measure(
            WARM_UPS - 1, MEASURED, () -> new ExactlyOnceRound(arm, broker.address(), false).run());
      }
    }
    boolean once = workload == Workload.CHURN;
    return measure(
        once ? 0 : WARM_UPS, once ? 1 : MEASURED, () -> new Round(workload, arm, false).run());
  }

  private interface Measurement {
    double run() throws Exception;
  }

  private static double measure(int warmUps, int measured, Measurement round) throws Exception {
    for (int i = 0; i < warmUps; i++) {
      double unused = round.run();
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < measured; i++) {
      values.add(round.run());
    }
    return median(values);
  }

  /** The middle one, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
