package io.heddle.scenarios.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * What is promised of the partitions of one member: that its application is not called any more for
 * one that it was told is gone, and that no more is polled of one of which as many records are in
 * flight as may be. Thread-safe.
 */
final class OwnershipPromises {
  private final Promises promises;
  private final int maxInFlight;
  private final Map<TopicPartition, Holding> holdings =
      new ConcurrentSkipListMap<>(Partitions.ORDER);

  /**
   * A partition that is or was the member's.
   *
   * @param open how often it was assigned and the end of that not told yet: of several which one
   *     ends is not told, so all of them are over when the last one is
   * @param current what its records are counted in
   */
  private record Holding(int open, Ownership current) {}

  /**
   * @param maxInFlight of records of a partition
   */
  OwnershipPromises(Promises promises, int maxInFlight) {
    this.promises = promises;
    this.maxInFlight = maxInFlight;
  }

  /** The engine tells that these are the member's. */
  void assigned(Collection<TopicPartition> partitions) {
    for (TopicPartition each : partitions) {
      holdings.compute(
          each,
          (partition, before) ->
              before == null || before.open() == 0
                  ? new Holding(1, new Ownership(partition.toString()))
                  : again(before));
    }
  }

  /** What was in flight was lost, though some of it still runs. */
  private static Holding again(Holding before) {
    before.current().beginsAnew();
    return new Holding(before.open() + 1, before.current());
  }

  /** The engine tells that nothing of these runs here any more. */
  void revoked(Collection<TopicPartition> partitions) {
    for (TopicPartition each : partitions) {
      Holding left =
          holdings.computeIfPresent(
              each, (partition, before) -> new Holding(before.open() - 1, before.current()));
      promises.check(
          left != null && left.open() >= 0,
          "after-revoked",
          () -> each + " was revoked more often than assigned");
      if (left != null && left.open() <= 0) {
        left.current().end();
      }
    }
  }

  /** A record is handed to the application, maybe not for the first time. */
  void entered(TopicPartition partition, Item item) {
    Holding holding = holdings.get(partition);
    if (holding == null) {
      promises.check(
          false, "after-revoked", () -> item.payload() + " is of " + partition + ", not owned");
      return;
    }
    item.enters(holding.current());
    goesOn(item, "its handler was called");
  }

  /** The application is called for the record. */
  void goesOn(Item item, String what) {
    Ownership ownership = item.ownership();
    promises.check(
        ownership == null || !ownership.isOver(),
        "after-revoked",
        () -> what + " for " + item.payload() + " after its partition had been revoked");
  }

  /** The ownership that an interjection of the partition belongs to. */
  Ownership interjected(TopicPartition partition) {
    Holding holding = holdings.get(partition);
    Ownership ownership = holding == null ? new Ownership(partition.toString()) : holding.current();
    if (holding == null) {
      ownership.end();
    }
    goesOn(ownership);
    return ownership;
  }

  /** An interjection, or what completes it, is called. */
  void goesOn(Ownership ownership) {
    promises.check(
        !ownership.isOver(),
        "after-revoked",
        () -> "an interjection of " + ownership.of() + " was called after it had been revoked");
  }

  /**
   * The consumer, watched for polls that return what should not be taken in.
   *
   * @param polled told what each poll returns, before whoever polls
   */
  Consumer<byte[], byte[]> watched(
      Consumer<byte[], byte[]> consumer,
      java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> polled) {
    return WatchedPolls.of(consumer, this, polled);
  }

  /** Of which partitions there is as much in flight as may be; before a poll. */
  List<Full> full() {
    List<Full> full = new ArrayList<>();
    holdings.forEach(
        (partition, holding) -> {
          Ownership.Count inFlight = holding.current().inFlight();
          int records = inFlight.records();
          if (records >= maxInFlight) {
            full.add(new Full(partition, inFlight, records));
          }
        });
    return full;
  }

  /** A poll, before which these were full, returned this. */
  void polled(List<Full> full, ConsumerRecords<?, ?> records) {
    for (TopicPartition partition : records.partitions()) {
      List<? extends ConsumerRecord<?, ?>> more = records.records(partition);
      Holding holding = holdings.get(partition);
      if (holding != null && !more.isEmpty()) {
        holding.current().polled(more.get(0).offset(), more.get(more.size() - 1).offset());
      }
    }
    for (Full each : full) {
      int more = records.records(each.partition()).size();
      Holding now = holdings.get(each.partition());
      promises.check(
          more == 0 || now == null || now.current().inFlight() != each.inFlight(),
          "in-flight",
          () ->
              "%d records of %s were polled while %d were in flight, and max-in-flight is %d"
                  .formatted(more, each.partition(), each.records(), maxInFlight));
    }
  }

  /**
   * A partition that is full.
   *
   * @param records how many were in flight
   */
  record Full(TopicPartition partition, Ownership.Count inFlight, int records) {}
}
