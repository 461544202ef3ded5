package io.heddle.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** A consumer whose group and log are a test. Its methods are found by name through a proxy. */
final class FakeConsumer {
  static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  final Deque<RuntimeException> commitFailures = new ArrayDeque<>();
  final Deque<RuntimeException> committedFailures = new ArrayDeque<>();
  final List<Map<TopicPartition, OffsetAndMetadata>> commits = new ArrayList<>();
  final Map<TopicPartition, OffsetAndMetadata> committed = new TreeMap<>(ORDER);
  final Set<TopicPartition> paused = new TreeSet<>(ORDER);
  final Map<TopicPartition, OffsetAndMetadata> positions = new TreeMap<>(ORDER);
  final Set<String> topics = new TreeSet<>();
  final Deque<RuntimeException> topicFailures = new ArrayDeque<>();
  int topicsAsked;

  /** What the next poll returns although it is of no assigned partition. */
  final List<ConsumerRecord<byte[], byte[]>> strays = new ArrayList<>();

  boolean holdAsyncCommits;
  boolean wakeBeforeNextCommit;
  boolean closed;
  int left;
  int generation = 1;
  int polls;
  int made;
  int maxPollRecords = 500;
  @Nullable Throwable pollFailure;
  @Nullable RuntimeException positionFailure;

  private final Baton baton;
  private final Set<TopicPartition> assigned = new TreeSet<>(ORDER);
  private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> log =
      new TreeMap<>(ORDER);
  private final List<ConsumerRecord<byte[], byte[]>> history = new ArrayList<>();
  private final Map<TopicPartition, Long> goesOnAt = new TreeMap<>(ORDER);
  Runnable whenAskedForCommitted = () -> {};
  private final Deque<Runnable> rebalances = new ArrayDeque<>();
  private final Deque<Runnable> asyncResults = new ArrayDeque<>();
  private @Nullable ConsumerRebalanceListener listener;
  private boolean woken;

  FakeConsumer(Baton baton) {
    this.baton = baton;
  }

  Consumer<byte[], byte[]> asConsumer() {
    Thread owner = Thread.currentThread();
    made++;
    closed = false;
    @SuppressWarnings("unchecked")
    Consumer<byte[], byte[]> consumer =
        (Consumer<byte[], byte[]>) ByName.proxy(Consumer.class, this, owner);
    return consumer;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    log.computeIfAbsent(partition, p -> new ArrayDeque<>()).add(record);
    history.add(record);
  }

  void assign(TopicPartition... partitions) {
    rebalances.add(
        () -> {
          assigned.addAll(List.of(partitions));
          listener().onPartitionsAssigned(List.of(partitions));
        });
  }

  /** Assigns a partition whose log is read from its committed offset on. */
  void assignFromCommitted(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    rebalances.add(
        () -> {
          OffsetAndMetadata from = committed.get(partition);
          log.remove(partition);
          records.stream()
              .filter(record -> from == null || record.offset() >= from.offset())
              .forEach(this::add);
          assigned.add(partition);
          listener().onPartitionsAssigned(List.of(partition));
        });
  }

  /** The log was cut off, or made anew: it goes on at this offset, and so does reading it. */
  void setBack(TopicPartition partition, long offset) {
    log.remove(partition);
    goesOnAt.put(partition, offset);
  }

  void revoke(TopicPartition... partitions) {
    rebalances.add(
        () -> {
          listener().onPartitionsRevoked(List.of(partitions));
          forget(List.of(partitions));
        });
  }

  /** Puts the member out of its group: all that is assigned is lost, as with a real consumer. */
  void lose() {
    rebalances.add(() -> lose(List.copyOf(assigned)));
  }

  /**
   * Puts the member out while an assignment waits for its poll: the listener hears of that first,
   * and then of the loss of what was assigned when the member was put out.
   */
  void assignAndLose(TopicPartition... added) {
    rebalances.add(
        () -> {
          List<TopicPartition> before = List.copyOf(assigned);
          assigned.addAll(List.of(added));
          listener().onPartitionsAssigned(List.of(added));
          lose(before);
        });
  }

  private void lose(List<TopicPartition> told) {
    // Whoever has had nothing is told nothing, and keeps what it was given too late.
    if (!told.isEmpty()) {
      listener().onPartitionsLost(told);
      forget(List.copyOf(assigned));
    }
  }

  /** Has something happen once the rebalances asked for so far are over. */
  void then(Runnable action) {
    rebalances.add(action);
  }

  /** Puts something into the queue of rebalances, at this place. */
  void rebalance(Runnable action, int place) {
    List<Runnable> queued = new ArrayList<>(rebalances);
    queued.add(place, action);
    rebalances.clear();
    rebalances.addAll(queued);
  }

  boolean isRebalancing() {
    return !rebalances.isEmpty();
  }

  private void forget(List<TopicPartition> partitions) {
    partitions.forEach(assigned::remove);
    partitions.forEach(log::remove);
    partitions.forEach(paused::remove);
    partitions.forEach(goesOnAt::remove);
  }

  private ConsumerRebalanceListener listener() {
    if (listener == null) {
      throw new AssertionError("not subscribed");
    }
    return listener;
  }

  void dosubscribe(Collection<String> topics, ConsumerRebalanceListener rebalanceListener) {
    listener = rebalanceListener;
  }

  ConsumerRecords<byte[], byte[]> dopoll(Duration timeout) throws Throwable {
    polls++;
    long deadline = baton.nowNanos() + timeout.toNanos();
    while (true) {
      if (woken) {
        woken = false;
        throw new WakeupException();
      }
      if (pollFailure != null) {
        throw pollFailure;
      }
      while (!asyncResults.isEmpty() && !holdAsyncCommits) {
        asyncResults.remove().run();
      }
      while (!rebalances.isEmpty()) {
        rebalances.peek().run();
        rebalances.remove();
      }
      ConsumerRecords<byte[], byte[]> records = fetch();
      if (!records.isEmpty() || !records.nextOffsets().isEmpty()) {
        return records;
      }
      if (baton.nowNanos() >= deadline) {
        return records;
      }
      baton.parkUntil(this::hasNews, deadline);
    }
  }

  private boolean hasNews() {
    return woken
        || pollFailure != null
        || !rebalances.isEmpty()
        || (!asyncResults.isEmpty() && !holdAsyncCommits)
        || assigned.stream().anyMatch(p -> !paused.contains(p) && log.containsKey(p));
  }

  private ConsumerRecords<byte[], byte[]> fetch() {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
    int room = maxPollRecords;
    for (ConsumerRecord<byte[], byte[]> stray : strays) {
      TopicPartition partition = new TopicPartition(stray.topic(), stray.partition());
      records.computeIfAbsent(partition, p -> new ArrayList<>()).add(stray);
    }
    strays.clear();
    for (TopicPartition partition : assigned) {
      Deque<ConsumerRecord<byte[], byte[]>> queue = log.get(partition);
      if (queue == null || paused.contains(partition)) {
        continue;
      }
      List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
      while (room > 0 && !queue.isEmpty()) {
        taken.add(queue.remove());
        room--;
      }
      if (queue.isEmpty()) {
        log.remove(partition);
      }
      if (!taken.isEmpty()) {
        records.put(partition, taken);
        ConsumerRecord<byte[], byte[]> last = taken.get(taken.size() - 1);
        OffsetAndMetadata position = positions.remove(partition);
        if (position == null) {
          position = new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), "");
        }
        next.put(partition, position);
        goesOnAt.put(partition, position.offset());
      }
    }
    return new ConsumerRecords<>(records, next);
  }

  void docommitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    RuntimeException failure = commitFailures.poll();
    asyncResults.add(
        () -> {
          if (failure == null) {
            record(offsets);
          }
          callback.onComplete(offsets, failure);
        });
  }

  void docommitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    if (wakeBeforeNextCommit) {
      wakeBeforeNextCommit = false;
      woken = true;
    }
    if (woken) {
      woken = false;
      throw new WakeupException();
    }
    RuntimeException failure = commitFailures.poll();
    if (failure != null) {
      throw failure;
    }
    record(offsets);
  }

  private void record(Map<TopicPartition, OffsetAndMetadata> offsets) {
    commits.add(offsets);
    committed.putAll(offsets);
  }

  Map<TopicPartition, OffsetAndMetadata> docommitted(
      Set<TopicPartition> partitions, Duration timeout) {
    whenAskedForCommitted.run();
    RuntimeException failure = committedFailures.poll();
    if (failure != null) {
      throw failure;
    }
    Map<TopicPartition, OffsetAndMetadata> found = new LinkedHashMap<>();
    partitions.forEach(partition -> found.put(partition, committed.get(partition)));
    return found;
  }

  long doposition(TopicPartition partition, Duration timeout) {
    requireAssigned(List.of(partition));
    Long polledUpTo = goesOnAt.get(partition);
    if (positionFailure != null) {
      throw positionFailure;
    }
    if (polledUpTo != null) {
      return polledUpTo;
    }
    ConsumerRecord<byte[], byte[]> next = log.getOrDefault(partition, new ArrayDeque<>()).peek();
    return next == null ? 0 : next.offset();
  }

  @SuppressWarnings("removal") // there is no other way to make one
  ConsumerGroupMetadata dogroupMetadata() {
    return new ConsumerGroupMetadata("group", generation, "member", Optional.empty());
  }

  void doseek(TopicPartition partition, OffsetAndMetadata offset) {
    requireAssigned(List.of(partition));
    log.remove(partition);
    goesOnAt.remove(partition);
    history.stream()
        .filter(record -> new TopicPartition(record.topic(), record.partition()).equals(partition))
        .filter(record -> record.offset() >= offset.offset())
        .toList()
        .forEach(record -> log.computeIfAbsent(partition, p -> new ArrayDeque<>()).add(record));
  }

  void dounsubscribe() {
    left++;
    List<TopicPartition> all = List.copyOf(assigned);
    listener().onPartitionsRevoked(all);
    forget(all);
    generation++;
  }

  List<PartitionInfo> dopartitionsFor(String topic, Duration timeout) {
    RuntimeException failure = topicFailures.poll();
    if (failure != null) {
      throw failure;
    }
    topicsAsked++;
    return topics.contains(topic)
        ? List.of(new PartitionInfo(topic, 0, null, new Node[0], new Node[0]))
        : List.of();
  }

  void dopause(Collection<TopicPartition> partitions) {
    requireAssigned(partitions);
    paused.addAll(partitions);
  }

  void doresume(Collection<TopicPartition> partitions) {
    requireAssigned(partitions);
    paused.removeAll(partitions);
  }

  private void requireAssigned(Collection<TopicPartition> partitions) {
    if (!assigned.containsAll(partitions)) {
      throw new IllegalStateException(partitions + " are not all assigned: " + assigned);
    }
  }

  Set<TopicPartition> dopaused() {
    return Set.copyOf(paused);
  }

  void dowakeup() {
    woken = true;
  }

  void doclose() {
    closed = true;
  }
}
