package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Interjections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What is promised of the distances between the interjections of one member. After a failure, or
 * the abort of a transaction, one may be made again at once: then nothing is promised. Not
 * thread-safe.
 */
final class InterjectionPromises {
  private final Promises promises;
  private final Optional<Interjections> asked;
  // When the last one ended or, where it did not take its time, began.
  private final Map<TopicPartition, Long> last = new TreeMap<>(Partitions.ORDER);

  /**
   * @param asked what was asked for, if it is promised
   */
  InterjectionPromises(Promises promises, Optional<Interjections> asked) {
    this.promises = promises;
    this.asked = asked;
  }

  static InterjectionPromises of(Promises promises, Engine engine) {
    return new InterjectionPromises(
        promises,
        engine
            .work()
            .interjections()
            .filter(each -> each.errors() == 0 && engine.exactlyOnce().isEmpty()));
  }

  /** The partition is somebody else's. */
  void forget(TopicPartition partition) {
    last.remove(partition);
  }

  void begun(TopicPartition partition, long nanos) {
    asked.ifPresent(each -> check(each, partition, nanos));
  }

  private void check(Interjections each, TopicPartition partition, long nanos) {
    Long before = last.put(partition, nanos);
    if (before == null) {
      return;
    }
    long least = each.every().minus(each.jitter()).toNanos();
    promises.check(
        nanos - before >= least,
        "interjection-interval",
        () ->
            "an interjection of %s came %d us after the last one, not %d at least"
                .formatted(partition, (nanos - before) / 1_000, least / 1_000));
  }

  void ended(TopicPartition partition, long nanos) {
    last.computeIfPresent(partition, (each, begun) -> nanos);
  }
}
