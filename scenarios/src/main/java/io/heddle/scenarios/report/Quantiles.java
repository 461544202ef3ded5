package io.heddle.scenarios.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** A distribution as a curve over its percentiles, denser towards the slow end. */
public final class Quantiles {
  private static final int STEPS_A_HALVING = 5;

  /** What reports tell by name, which the steps would miss by a little. */
  private static final double[] TOLD = {50, 90, 99, 99.9, 99.99};

  private Quantiles() {}

  /**
   * One point of the curve.
   *
   * @param percentile from 0 to 100
   * @param micros the latency that this share of all values did not exceed
   * @param count how many values that were
   */
  public record Point(double percentile, long micros, long count) {}

  static List<Point> of(Histogram histogram) {
    List<Point> points = new ArrayList<>();
    if (histogram.getTotalCount() > 0) {
      for (HistogramIterationValue value : histogram.percentiles(STEPS_A_HALVING)) {
        points.add(
            new Point(
                value.getPercentileLevelIteratedTo(),
                value.getValueIteratedTo(),
                value.getTotalCountToThisValue()));
      }
      for (double told : TOLD) {
        long micros = histogram.getValueAtPercentile(told);
        points.removeIf(point -> point.percentile() == told);
        points.add(new Point(told, micros, histogram.getCountBetweenValues(0, micros)));
      }
      points.sort(Comparator.comparingDouble(Point::percentile));
    }
    return points;
  }
}
