package io.heddle.simulator.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reports for a plain poll loop that says nothing itself. All that can be seen of it is that it
 * works on the records of a poll until it polls again, commits or closes; so they are taken to be
 * complete then. Between the two every key of the poll is busy: the first record of a key starts
 * when the poll returns, and each further one when the one before it has ended, for a plain loop
 * works on one record at a time.
 *
 * <p>A loop that hands records to other threads has to report them itself. A loop that leaves its
 * work by an exception and then closes its consumer is taken to have done all of it. Not
 * thread-safe.
 */
public final class PollLoopObserver {
  private final Observer observer;
  private final List<Item> batch = new ArrayList<>();
  private final Map<Lane, Deque<Item>> lanes = new HashMap<>();

  /** Reports to this observer, with the text of each record's key. */
  public PollLoopObserver(Observer observer) {
    this.observer = observer;
  }

  /** A poll returned these records. */
  public void polled(ConsumerRecords<?, ?> records) {
    finishedAll();
    for (ConsumerRecord<?, ?> record : records) {
      Item item = new Item(record);
      batch.add(item);
      Deque<Item> lane = lanes.computeIfAbsent(item.lane(), key -> new ArrayDeque<>());
      lane.add(item);
      start(lane.element());
    }
  }

  /**
   * The loop calls {@code poll}, {@code close} or {@code unsubscribe}, or commits without naming
   * offsets. To be called first thing, before the consumer revokes or commits anything.
   */
  public void finishedAll() {
    batch.forEach(this::finish);
    batch.clear();
  }

  /** The loop commits this offset of this partition, to be called before the commit goes out. */
  public void finishedBelow(TopicPartition partition, long offset) {
    for (Iterator<Item> items = batch.iterator(); items.hasNext(); ) {
      Item item = items.next();
      if (item.partition.equals(partition) && item.record.offset() < offset) {
        finish(item);
        items.remove();
      }
    }
  }

  private void start(Item item) {
    if (!item.started) {
      item.started = true;
      observer.started(item.record, item.key);
    }
  }

  private void finish(Item item) {
    start(item);
    observer.ended(item.record, item.key);
    Deque<Item> lane = lanes.get(item.lane());
    if (lane != null) {
      lane.remove(item);
      if (lane.isEmpty()) {
        lanes.remove(item.lane());
      } else {
        start(lane.element());
      }
    }
  }

  private record Lane(String topic, String key) {}

  private static final class Item {
    final ConsumerRecord<?, ?> record;
    final TopicPartition partition;
    final String key;
    boolean started;

    Item(ConsumerRecord<?, ?> record) {
      this.record = record;
      this.partition = new TopicPartition(record.topic(), record.partition());
      this.key = KeyText.of(record);
    }

    Lane lane() {
      return new Lane(partition.topic(), key);
    }
  }
}
