package io.heddle.simulator.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one fetch has brought of one partition, as far as it is counted. */
final class FetchedPart {
  private final Whole whole;
  private final String topic;
  private final @Nullable PartitionState state;
  private int bytes;
  private int records;
  private boolean unseen;

  /** One fetch, which counts when all its parts do. */
  static final class Whole {
    private final FetchMetrics metrics;
    private final Map<String, int[]> topics = new LinkedHashMap<>();
    private int parts;
    private int bytes;
    private int records;

    Whole(FetchMetrics metrics) {
      this.metrics = metrics;
    }

    private void count(FetchedPart part) {
      bytes += part.bytes;
      records += part.records;
      int[] topic = topics.computeIfAbsent(part.topic, name -> new int[2]);
      topic[0] += part.bytes;
      topic[1] += part.records;
      if (--parts == 0) {
        metrics.fetched(bytes, records);
        topics.forEach((name, sums) -> metrics.fetched(name, sums[0], sums[1]));
      }
    }
  }

  /**
   * A part of which nothing has been read.
   *
   * @param state null if nothing of it will be
   */
  FetchedPart(Whole whole, String topic, @Nullable PartitionState state) {
    this.whole = whole;
    this.topic = topic;
    this.state = state;
    whole.parts++;
  }

  /** Records of it were read. */
  void read(int count, int size) {
    records += count;
    bytes += size;
  }

  /** Whether the application has had anything of it. */
  boolean hasBeenRead() {
    return records > 0;
  }

  /** Nothing more of it will be read. */
  void over() {
    whole.metrics.over(this);
  }

  /** That nothing is left of it is seen only when the consumer looks again. */
  FetchedPart notSeenYet() {
    unseen = true;
    return this;
  }

  boolean unseen() {
    return unseen;
  }

  /** The consumer has seen that nothing is left of it. */
  void count() {
    if (unseen && state != null) {
      whole.metrics.looked(state);
    }
    countUnseen();
  }

  /** It counts, though nobody has looked. */
  void countUnseen() {
    whole.count(this);
  }
}
