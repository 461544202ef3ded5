package io.heddle.simulator.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

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

  /** The last record of a key, by topic and key. */
  private final Map<String, Map<String, Item>> lanes = new HashMap<>();

  /** Reports to this observer, with the text of each record's key. */
  public PollLoopObserver(Observer observer) {
    this.observer = observer;
  }

  /** A poll returned these records. */
  public void polled(ConsumerRecords<?, ?> records) {
    finishedAll();
    for (TopicPartition partition : records.partitions()) {
      Map<String, Item> lastOfKey = lanes.computeIfAbsent(partition.topic(), x -> new HashMap<>());
      for (ConsumerRecord<?, ?> record : records.records(partition)) {
        Item item = new Item(record, partition, lastOfKey);
        batch.add(item);
        item.ahead = lastOfKey.put(item.key, item);
        if (item.ahead == null) {
          start(item);
        } else {
          item.ahead.behind = item;
        }
      }
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
    Item ahead = item.ahead;
    Item behind = item.behind;
    if (ahead != null) {
      ahead.behind = behind;
    }
    if (behind != null) {
      behind.ahead = ahead;
    }
    if (behind == null && ahead == null) {
      item.lastOfKey.remove(item.key);
    } else if (behind == null) {
      item.lastOfKey.put(item.key, ahead);
    } else if (ahead == null) {
      start(behind);
    }
  }

  private static final class Item {
    final TopicPartition partition;
    final ConsumerRecord<?, ?> record;
    final String key;
    final Map<String, Item> lastOfKey;
    @Nullable Item ahead;
    @Nullable Item behind;
    boolean started;

    Item(ConsumerRecord<?, ?> record, TopicPartition partition, Map<String, Item> lastOfKey) {
      this.partition = partition;
      this.record = record;
      this.key = KeyText.of(record);
      this.lastOfKey = lastOfKey;
    }
  }
}
