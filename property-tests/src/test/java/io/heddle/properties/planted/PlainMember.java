package io.heddle.properties.planted;

import io.heddle.properties.planted.Lanes.Item;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.choice.Choices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A member of a group as one writes it on a plain consumer: a poll loop, one lane a key, commits of
 * completed prefixes, and mistakes to choose from. All of it runs on simulated threads, one at a
 * time.
 */
final class PlainMember implements ConsumerRebalanceListener {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long COMMIT_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_WORK_NANOS = Duration.ofMillis(60).toNanos();
  private static final double FAILURES = 0.05;

  private final SimulatedProcess process;
  private final Consumer<String, String> consumer;
  private final Observer observer;
  private final ExecutorService workers;
  private final Choices.Stream work;
  private final Set<Mistake> mistakes;
  private final Lanes lanes = new Lanes(this::work);
  private final Map<TopicPartition, Tracker> trackers = new LinkedHashMap<>();
  private final List<Map<TopicPartition, OffsetAndMetadata>> repeats = new ArrayList<>();
  private long lastCommitNanos;

  PlainMember(
      SimulatedProcess process,
      Map<String, Object> config,
      Choices choices,
      Set<Mistake> mistakes) {
    this.process = process;
    this.consumer = process.consumer(config);
    this.observer = process.observer();
    this.workers = process.runtime().executor("workers", Integer.MAX_VALUE);
    this.work = choices.stream("member.work");
    this.mistakes = mistakes;
  }

  /** Works until told to stop, then finishes what it has begun. */
  void run(String topic, BooleanSupplier stopped) {
    try (consumer) {
      consumer.subscribe(List.of(topic), this);
      while (!stopped.getAsBoolean()) {
        for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
          take(record);
        }
        if (process.runtime().nanoTime().getAsLong() - lastCommitNanos >= COMMIT_NANOS) {
          commit(trackers.keySet());
          repeatFailed();
        }
      }
    }
  }

  private boolean makes(Mistake mistake) {
    return mistakes.contains(mistake);
  }

  private void take(ConsumerRecord<String, String> input) {
    TopicPartition partition = new TopicPartition(input.topic(), input.partition());
    Tracker tracker = trackers.computeIfAbsent(partition, each -> new Tracker());
    tracker.polled(input.offset());
    Item item = new Item(input, tracker);
    if (makes(Mistake.HAS_NO_LANES)) {
      lanes.start(item);
    } else {
      lanes.add(item);
    }
  }

  private void work(Item item) {
    workers.execute(
        () -> {
          observer.started(item.input(), item.input().key());
          if (makes(Mistake.FREES_THE_LANE_BEFORE_THE_END)) {
            lanes.next(item);
          }
          process.runtime().sleep(1 + work.below(LONGEST_WORK_NANOS));
          boolean done = succeeds();
          observer.workEnded(item.input(), item.input().key());
          if (done) {
            observer.completed(item.input(), item.input().key());
          }
          item.tracker().complete(item.input().offset());
          lanes.ended(item);
          lanes.next(item);
        });
  }

  private boolean succeeds() {
    while (work.chance(FAILURES)) {
      if (makes(Mistake.SWALLOWS_FAILURES)) {
        return false;
      }
      process.runtime().sleep(LOOK_NANOS);
    }
    return true;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> trackers.put(partition, new Tracker()));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    lanes.dropQueued(partitions);
    while (!makes(Mistake.DOES_NOT_DRAIN_ON_REVOKE) && lanes.isWorkingOn(partitions)) {
      process.runtime().sleep(LOOK_NANOS);
    }
    commit(partitions);
    trackers.keySet().removeAll(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    lanes.dropQueued(partitions);
    if (!makes(Mistake.COMMITS_WHAT_WAS_LOST)) {
      trackers.keySet().removeAll(partitions);
    }
  }

  private void commit(Collection<TopicPartition> partitions) {
    lastCommitNanos = process.runtime().nanoTime().getAsLong();
    Map<TopicPartition, OffsetAndMetadata> offsets = new TreeMap<>(PlantedRun.ORDER);
    for (TopicPartition partition : partitions) {
      Tracker tracker = trackers.get(partition);
      OptionalLong offset = tracker == null ? OptionalLong.empty() : committable(tracker);
      offset.ifPresent(value -> offsets.put(partition, new OffsetAndMetadata(value)));
    }
    if (offsets.isEmpty()) {
      return;
    }
    if (makes(Mistake.REPEATS_AN_OLD_COMMIT)) {
      commitAndRepeat(offsets);
      committed(offsets);
    } else if (makes(Mistake.TRUSTS_A_COMMIT_ONCE_SENT)) {
      consumer.commitAsync(offsets, (sent, failure) -> {});
      committed(offsets);
    } else {
      try {
        consumer.commitSync(offsets);
        committed(offsets);
      } catch (KafkaException refused) {
        // They stay to be committed, or somebody else owns the partitions by now.
      }
    }
  }

  private OptionalLong committable(Tracker tracker) {
    if (makes(Mistake.COMMITS_THE_HIGHEST_COMPLETE)) {
      return tracker.pastHighestComplete();
    }
    return makes(Mistake.COMMITS_BEFORE_THE_WORK) ? tracker.pastPolled() : tracker.prefix();
  }

  private void commitAndRepeat(Map<TopicPartition, OffsetAndMetadata> offsets) {
    consumer.commitAsync(
        offsets,
        (sent, failure) -> {
          if (failure != null) {
            repeats.add(offsets);
          }
        });
  }

  /** Sends what failed once more, after what has been sent since. */
  private void repeatFailed() {
    List<Map<TopicPartition, OffsetAndMetadata>> due = List.copyOf(repeats);
    repeats.clear();
    due.forEach(this::commitAndRepeat);
  }

  private void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          Tracker tracker = trackers.get(partition);
          if (tracker != null) {
            tracker.committed(offset.offset());
          }
        });
  }
}
