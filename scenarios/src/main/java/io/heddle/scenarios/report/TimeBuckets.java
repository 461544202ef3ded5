package io.heddle.scenarios.report;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.IntCountsHistogram;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A run in spans of equal length. When there are too many, each two are merged into one, so that a
 * second and a day cost the same memory. Not thread-safe.
 */
public final class TimeBuckets {
  /** How many spans are kept at most. */
  public static final int MOST = 240;

  private static final long NARROWEST_NANOS = 1_000_000;
  private static final int DIGITS = 2;

  private final List<Bucket> buckets = new ArrayList<>();
  private final Map<TopicPartition, Position> positions =
      new TreeMap<>(PartitionOrder.BY_TOPIC_THEN_NUMBER);
  private long widthNanos = NARROWEST_NANOS;

  TimeBuckets() {}

  /** How long a span is. */
  public long widthNanos() {
    return widthNanos;
  }

  /** The spans, the first of which begins with the run. */
  public List<Bucket> all() {
    return Collections.unmodifiableList(buckets);
  }

  /** The partitions that records were appended to. */
  public List<TopicPartition> partitions() {
    return List.copyOf(positions.keySet());
  }

  void accept(Fact fact) {
    if (fact instanceof Fact.Appended appended) {
      Position position = position(appended.partition());
      position.end = Math.max(position.end, appended.offset() + 1);
      Bucket bucket = at(fact.atNanos());
      bucket.appended++;
      bucket.lag(appended.partition(), position.lag());
    } else if (fact instanceof Fact.Completed completed) {
      Bucket bucket = at(fact.atNanos());
      bucket.completed++;
      bucket.completedOf.merge(completed.partition(), 1L, Long::sum);
    } else if (fact instanceof Fact.Committed committed) {
      Position position = position(committed.partition());
      position.committed = committed.offset();
      at(fact.atNanos()).lag(committed.partition(), position.lag());
    } else if (fact instanceof Fact.Truncated truncated) {
      Position position = position(truncated.partition());
      position.end = truncated.endOffset();
      at(fact.atNanos()).lag(truncated.partition(), position.lag());
    }
  }

  void service(long atNanos, long micros) {
    at(atNanos).service.recordValue(micros);
  }

  void response(long atNanos, long micros) {
    at(atNanos).response.recordValue(micros);
  }

  private Position position(TopicPartition partition) {
    return positions.computeIfAbsent(partition, each -> new Position());
  }

  private Bucket at(long nanos) {
    long index = Math.max(0, nanos) / widthNanos;
    while (index >= MOST) {
      halve();
      index = Math.max(0, nanos) / widthNanos;
    }
    while (buckets.size() <= index) {
      buckets.add(new Bucket());
    }
    return buckets.get((int) index);
  }

  private void halve() {
    List<Bucket> merged = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i += 2) {
      Bucket first = buckets.get(i);
      if (i + 1 < buckets.size()) {
        first.add(buckets.get(i + 1));
      }
      merged.add(first);
    }
    buckets.clear();
    buckets.addAll(merged);
    widthNanos *= 2;
  }

  /** Where a partition stands. */
  private static final class Position {
    private long end;
    private long committed;

    long lag() {
      return Math.max(0, end - committed);
    }
  }

  /** What happened in one span. */
  public static final class Bucket {
    private final IntCountsHistogram service = new IntCountsHistogram(DIGITS);
    private final IntCountsHistogram response = new IntCountsHistogram(DIGITS);
    private final Map<TopicPartition, Long> lags =
        new TreeMap<>(PartitionOrder.BY_TOPIC_THEN_NUMBER);
    private final Map<TopicPartition, Long> completedOf =
        new TreeMap<>(PartitionOrder.BY_TOPIC_THEN_NUMBER);
    private long appended;
    private long completed;

    private void lag(TopicPartition partition, long lag) {
      lags.put(partition, lag);
    }

    private void add(Bucket later) {
      service.add(later.service);
      response.add(later.response);
      lags.putAll(later.lags);
      later.completedOf.forEach(
          (partition, count) -> completedOf.merge(partition, count, Long::sum));
      appended += later.appended;
      completed += later.completed;
    }

    /** How many records were appended. */
    public long appended() {
      return appended;
    }

    /** How many records became complete, those that did so before counted again. */
    public long completed() {
      return completed;
    }

    /** How many records of a partition became complete. */
    public long completed(TopicPartition partition) {
      return completedOf.getOrDefault(partition, 0L);
    }

    /** How far the commit of a partition was behind its end, last; null if nothing changed it. */
    public @Nullable Long lag(TopicPartition partition) {
      return lags.get(partition);
    }

    /** Service time in microseconds that this share did not exceed; null without any. */
    public @Nullable Long service(double percentile) {
      return value(service, percentile);
    }

    /** Response time in microseconds that this share did not exceed; null without any. */
    public @Nullable Long response(double percentile) {
      return value(response, percentile);
    }

    private static @Nullable Long value(IntCountsHistogram histogram, double percentile) {
      return histogram.getTotalCount() == 0 ? null : histogram.getValueAtPercentile(percentile);
    }
  }
}
