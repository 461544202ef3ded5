package io.heddle.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The items that wait for a batch, by key. Not thread-safe.
 *
 * <p>A key that is in no running batch stands in line with the age of its oldest item; a batch
 * takes whole keys from the front as far as they fit. A key that is taken is out of line until its
 * batch has ended, and keeps to itself what it could not put in, so nothing is ever searched for.
 */
final class BatchQueue<K, V> {
  private final Map<K, Lane<K, V>> lanes = new LinkedHashMap<>();
  private final PriorityQueue<Lane<K, V>> line =
      new PriorityQueue<>(Comparator.comparingLong(Lane::oldest));

  /** The events of each key in the order of adding: their callbacks are to be in that order. */
  private final Map<BatchJob.Order, Deque<BatchJob<K, V>>> sequences = new LinkedHashMap<>();

  private final BatcherConfig config;
  private long placesMade;
  private int inLine;
  private int waiting;
  private int running;

  BatchQueue(BatcherConfig config) {
    this.config = config;
  }

  /** Items that are in no batch yet. */
  int waiting() {
    return waiting;
  }

  int keys() {
    return lanes.size();
  }

  /** All keys, and what they have to do. */
  List<HotKey> hotKeys(String stage, long nowNanos) {
    List<HotKey> found = new ArrayList<>();
    for (Lane<K, V> lane : lanes.values()) {
      Place<K, V> head = lane.places.peek();
      long age = head == null ? 0 : nowNanos - head.sinceNanos;
      found.add(new HotKey(stage, lane.key, lane.places.size(), Duration.ofNanos(age)));
    }
    return found;
  }

  /** Adds an event's items. What is over by that is added to {@code over}, in order. */
  void add(BatchJob<K, V> job, long nowNanos, List<BatchJob<K, V>> over) {
    sequences.computeIfAbsent(job.order(), order -> new ArrayDeque<>()).add(job);
    for (BatchItem<K, V> item : job.items().items()) {
      waiting++;
      append(item.key(), new Place<>(job, item, placesMade++, nowNanos));
    }
    if (job.items().items().isEmpty()) {
      Place<K, V> empty = new Place<>(job, null, placesMade++, nowNanos);
      if (lanes.containsKey(job.items().key())) {
        append(job.items().key(), empty);
      } else {
        pass(empty, over);
      }
    }
  }

  /** Nanoseconds until the oldest item in line has waited long enough, or the maximum. */
  long untilDue(long nowNanos) {
    Lane<K, V> first = line.peek();
    return first == null || running == config.maxConcurrentBatches()
        ? Long.MAX_VALUE
        : first.oldestSince() + config.accumulationDelay().toNanos() - nowNanos;
  }

  /** The next batch to be run, if there is a slot and one is full or due. */
  @Nullable Batch<K, V> next(long nowNanos, List<BatchJob<K, V>> over) {
    while (running < config.maxConcurrentBatches()
        && (inLine >= config.maxBatchSize() || untilDue(nowNanos) <= 0)) {
      Batch<K, V> batch = fill(over);
      running++;
      if (!batch.items().isEmpty()) {
        return batch;
      }
      // All of it was dropped or empty; its keys can go on at once.
      end(batch, over);
    }
    return null;
  }

  /** Lets the keys of a batch go on. What is over by that is added to {@code over}, in order. */
  void end(Batch<K, V> batch, List<BatchJob<K, V>> over) {
    running--;
    for (Place<K, V> place : batch.places) {
      leave(place, over);
    }
    for (Lane<K, V> lane : batch.lanes) {
      lane.running = false;
      Place<K, V> head = lane.places.peek();
      while (head != null && head.item == null) {
        lane.places.remove();
        pass(head, over);
        head = lane.places.peek();
      }
      if (head == null) {
        lanes.remove(lane.key);
      } else {
        standInLine(lane);
      }
    }
  }

  private void append(K key, Place<K, V> place) {
    Lane<K, V> lane = lanes.get(key);
    boolean isNew = lane == null;
    if (lane == null) {
      lane = new Lane<>(key);
      lanes.put(key, lane);
    }
    lane.places.add(place);
    if (place.item != null) {
      lane.items++;
      inLine += lane.running || isNew ? 0 : 1;
    }
    if (isNew) {
      standInLine(lane);
    }
  }

  private void standInLine(Lane<K, V> lane) {
    line.add(lane);
    inLine += lane.items;
  }

  private Batch<K, V> fill(List<BatchJob<K, V>> over) {
    Batch<K, V> batch = new Batch<>();
    Lane<K, V> lane = line.peek();
    while (lane != null && batch.items.size() < config.maxBatchSize()) {
      line.remove();
      inLine -= lane.items;
      lane.running = true;
      batch.lanes.add(lane);
      take(lane, batch, over);
      lane = line.peek();
    }
    return batch;
  }

  private void take(Lane<K, V> lane, Batch<K, V> batch, List<BatchJob<K, V>> over) {
    Place<K, V> head = lane.places.peek();
    // Empty places need no room, and keep their order among the others.
    while (head != null && (head.item == null || batch.items.size() < config.maxBatchSize())) {
      lane.places.remove();
      if (head.item != null) {
        lane.items--;
        waiting--;
      }
      if (!head.job.begin()) {
        leave(head, over);
      } else {
        batch.add(head);
      }
      head = lane.places.peek();
    }
  }

  private void pass(Place<K, V> empty, List<BatchJob<K, V>> over) {
    boolean unused = empty.job.begin();
    leave(empty, over);
  }

  private void leave(Place<K, V> place, List<BatchJob<K, V>> over) {
    BatchJob<K, V> job = place.job;
    job.leavePlace();
    Deque<BatchJob<K, V>> sequence = sequences.get(job.order());
    if (sequence == null || !job.isOver()) {
      return;
    }
    // An event with items of several keys may be over before an earlier one of its own key is.
    BatchJob<K, V> first = sequence.peek();
    while (first != null && first.isOver()) {
      over.add(sequence.remove());
      first = sequence.peek();
    }
    if (first == null) {
      sequences.remove(job.order());
    }
  }

  /** What runs together. */
  static final class Batch<K, V> {
    private final List<BatchItem<K, V>> items = new ArrayList<>();
    private final List<Place<K, V>> places = new ArrayList<>();
    private final List<Lane<K, V>> lanes = new ArrayList<>();

    List<BatchItem<K, V>> items() {
      return items;
    }

    List<Event> events() {
      return places.stream().map(place -> place.job.event()).distinct().toList();
    }

    /** A stage of the events whose last item this batch has ends. Before the batch is ended. */
    void lap(LatencyHistogram stage) {
      for (Place<K, V> place : places) {
        // Only one batch at a time may write what is noted of an event.
        if (place.job.isOfOneItem()) {
          place.job.event().lap(stage);
        }
      }
    }

    private void add(Place<K, V> place) {
      places.add(place);
      if (place.item != null) {
        items.add(place.item);
      }
    }
  }

  /** An item in its key's queue, or the place of an event that has none. */
  private record Place<K, V>(
      BatchJob<K, V> job, @Nullable BatchItem<K, V> item, long number, long sinceNanos) {}

  /** What waits for one key. It exists as long as there is something, or its batch runs. */
  private static final class Lane<K, V> {
    private final K key;
    private final Deque<Place<K, V>> places = new ArrayDeque<>();
    private int items;
    private boolean running;

    Lane(K key) {
      this.key = key;
    }

    long oldest() {
      return places.element().number;
    }

    long oldestSince() {
      return places.element().sinceNanos;
    }
  }
}
