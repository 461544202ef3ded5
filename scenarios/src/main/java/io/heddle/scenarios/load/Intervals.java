package io.heddle.scenarios.load;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.HistogramLogReader;

/** The measured response times of an interval log, interval by interval. Immutable. */
public final class Intervals {
  /** One interval: its values in ascending order, and how often each occurred. */
  static final class Interval {
    private final double seconds;
    private final long[] values;
    private final long[] counts;
    private final long total;

    private Interval(double seconds, long[] values, long[] counts, long total) {
      this.seconds = seconds;
      this.values = values;
      this.counts = counts;
      this.total = total;
    }

    double seconds() {
      return seconds;
    }

    long[] values() {
      return values;
    }

    long[] counts() {
      return counts;
    }

    long total() {
      return total;
    }
  }

  private final List<Interval> all;

  private Intervals(List<Interval> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Reads a log: what is tagged {@code response}, or what has no tag at all in a log of another
   * program.
   *
   * @throws IllegalArgumentException if it is no interval log
   */
  public static Intervals parse(byte[] log) {
    List<Interval> tagged = new ArrayList<>();
    List<Interval> untagged = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log))) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (next == null) {
          break;
        }
        if (next instanceof AbstractHistogram histogram && histogram.getTotalCount() > 0) {
          if (histogram.getTag() == null) {
            untagged.add(interval(histogram));
          } else if (histogram.getTag().equals("response")) {
            tagged.add(interval(histogram));
          }
        }
      }
    } catch (RuntimeException broken) {
      throw new IllegalArgumentException("it is no interval log of HdrHistogram", broken);
    }
    List<Interval> found = tagged.isEmpty() ? untagged : tagged;
    if (found.isEmpty()) {
      throw new IllegalArgumentException("it has no interval with response times in it");
    }
    return new Intervals(found);
  }

  private static Interval interval(AbstractHistogram histogram) {
    List<Long> values = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      values.add(value.getValueIteratedTo());
      counts.add(value.getCountAddedInThisIterationStep());
    }
    double seconds =
        Math.max(1e-3, (histogram.getEndTimeStamp() - histogram.getStartTimeStamp()) / 1e3);
    return new Interval(
        seconds,
        values.stream().mapToLong(Long::longValue).toArray(),
        counts.stream().mapToLong(Long::longValue).toArray(),
        histogram.getTotalCount());
  }

  List<Interval> all() {
    return all;
  }

  /** How many there are. */
  public int size() {
    return all.size();
  }
}
