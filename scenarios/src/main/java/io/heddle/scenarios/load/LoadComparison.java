package io.heddle.scenarios.load;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares the response times of two runs. The confidence intervals come from a moving-block
 * bootstrap: runs of neighbouring intervals are drawn with replacement, as a slow second is seldom
 * alone, and each draw's percentiles compared. A second run of the comparison says the same.
 */
public final class LoadComparison {
  /** With fewer intervals than this, a run cannot be told from its accidents. */
  public static final int FEWEST = 10;

  private static final int DRAWS = 2_000;
  private static final double CONFIDENCE = 0.95;
  private static final List<Double> SHARES = List.of(0.5, 0.9, 0.99, 0.999);
  private static final List<String> NAMES = List.of("p50", "p90", "p99", "p99.9");

  private LoadComparison() {}

  /**
   * One figure of two runs.
   *
   * @param a of the first: nanoseconds, or records per second for {@code rate}
   * @param b of the second
   * @param low the least relative change from the first to the second that goes with the data, with
   *     95 % confidence: -0.1 is a tenth less
   * @param high the greatest
   */
  public record Change(String name, double a, double b, double low, double high) {
    /** The relative change itself. */
    public double change() {
      return relative(a, b);
    }

    /** Whether there is one, as far as the data tell. */
    public boolean isShown() {
      return low > 0 || high < 0;
    }
  }

  private static double relative(double a, double b) {
    return a == 0 ? (b == 0 ? 0 : Double.POSITIVE_INFINITY) : b / a - 1;
  }

  /** What changed from the first run to the second. */
  public static List<Change> compare(Intervals a, Intervals b) {
    Sample first = new Sample(a, "a");
    Sample second = new Sample(b, "b");
    double[] of = first.figures();
    double[] then = second.figures();
    double[][] changes = new double[of.length][DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] drawnA = first.draw();
      double[] drawnB = second.draw();
      for (int i = 0; i < of.length; i++) {
        changes[i][draw] = relative(drawnA[i], drawnB[i]);
      }
    }
    List<Change> result = new ArrayList<>();
    for (int i = 0; i < of.length; i++) {
      Arrays.sort(changes[i]);
      double tail = (1 - CONFIDENCE) / 2;
      double low = changes[i][(int) Math.floor(tail * (DRAWS - 1))];
      double high = changes[i][(int) Math.ceil((1 - tail) * (DRAWS - 1))];
      result.add(new Change(i == 0 ? "rate" : NAMES.get(i - 1), of[i], then[i], low, high));
    }
    return result;
  }

  /** The intervals of one run, and draws from them. */
  private static final class Sample {
    private final List<Intervals.Interval> intervals;
    private final Choices.Stream choices;
    private final long[] values;
    private final int[][] places;
    private final int block;

    Sample(Intervals intervals, String name) {
      this.intervals = intervals.all();
      this.choices = new SeededChoices(1).stream("bootstrap." + name);
      this.block = (int) Math.max(1, Math.round(Math.cbrt(this.intervals.size())));
      TreeSet<Long> distinct = new TreeSet<>();
      this.intervals.forEach(
          each -> Arrays.stream(each.values()).forEach(value -> distinct.add(value)));
      this.values = distinct.stream().mapToLong(Long::longValue).toArray();
      this.places = new int[this.intervals.size()][];
      for (int i = 0; i < places.length; i++) {
        places[i] =
            Arrays.stream(this.intervals.get(i).values())
                .mapToInt(value -> Arrays.binarySearch(values, value))
                .toArray();
      }
    }

    /** The rate and the percentiles of all intervals. */
    double[] figures() {
      int[] each = new int[intervals.size()];
      Arrays.setAll(each, i -> i);
      return of(each);
    }

    /** The same of as many intervals, drawn in blocks. */
    double[] draw() {
      int size = intervals.size();
      int[] drawn = new int[size];
      for (int i = 0; i < size; i += block) {
        int from = (int) choices.below(size);
        for (int j = 0; j < block && i + j < size; j++) {
          drawn[i + j] = (from + j) % size;
        }
      }
      return of(drawn);
    }

    private double[] of(int[] chosen) {
      long[] counts = new long[values.length];
      long total = 0;
      double seconds = 0;
      for (int i : chosen) {
        Intervals.Interval interval = intervals.get(i);
        for (int j = 0; j < places[i].length; j++) {
          counts[places[i][j]] += interval.counts()[j];
        }
        total += interval.total();
        seconds += interval.seconds();
      }
      double[] figures = new double[SHARES.size() + 1];
      figures[0] = total / seconds;
      long below = 0;
      int share = 0;
      for (int i = 0; i < counts.length && share < SHARES.size(); i++) {
        below += counts[i];
        while (share < SHARES.size() && below >= SHARES.get(share) * total) {
          figures[++share] = values[i];
        }
      }
      return figures;
    }
  }
}
