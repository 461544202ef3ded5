package io.heddle.planted.inside;

import io.heddle.engine.EngineListener;
import io.heddle.engine.EventSource;
import io.heddle.engine.PauseReason;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.choice.Choices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One life of one member: what its application has at hand. */
final class Life implements EngineListener {
  private static final long LONGEST_PAUSE_NANOS = 5_000_000;

  private final SimulatedProcess process;
  private final Rules rules;
  private final Choices.Stream work;
  private final double pauses;
  private final ScheduledExecutorService timers;
  private final Observer observer;
  private final Map<TopicPartition, Tenure> tenures = new LinkedHashMap<>();
  private final Map<String, Integer> running = new TreeMap<>();
  private final Set<TopicPartition> given = new LinkedHashSet<>();
  private final Map<TopicPartition, Deque<Tenure>> leaving = new LinkedHashMap<>();
  private EventSource source;

  Life(SimulatedProcess process, Rules rules, Choices.Stream work, double pauses) {
    this.process = process;
    this.rules = rules;
    this.work = work;
    this.pauses = pauses;
    this.timers = process.runtime().scheduledExecutor("timers", Integer.MAX_VALUE);
    this.observer = process.observer();
  }

  void begin(EventSource started) {
    source = started;
  }

  EventSource source() {
    return Objects.requireNonNull(source, "not begun");
  }

  String name() {
    return process.process().member().name();
  }

  boolean hasCrashed() {
    return process.process().crashed();
  }

  Rules rules() {
    return rules;
  }

  Observer observer() {
    return observer;
  }

  long now() {
    return process.runtime().nanoTime().getAsLong();
  }

  Choices.Stream work() {
    return work;
  }

  /** Lets up to that much time pass. */
  void work(long mostNanos) {
    process.runtime().sleep(1 + paced().below(mostNanos));
  }

  private Choices.Stream paced() {
    return process.runtime().simulation().pace(work);
  }

  /** Lets exactly that much time pass. */
  void sleep(long nanos) {
    process.runtime().sleep(nanos);
  }

  /** Does something after up to that much time. */
  void later(long mostNanos, Runnable action) {
    Future<?> unused = timers.schedule(action, 1 + paced().below(mostNanos), TimeUnit.NANOSECONDS);
  }

  Key key(String name) {
    return new Key(
        name,
        () -> {
          if (work.chance(pauses)) {
            process.runtime().sleep(1 + work.below(LONGEST_PAUSE_NANOS));
          }
        });
  }

  /** An attempt at a record of this key begins: only one may run. */
  void begins(String key) {
    int now = running.merge(key, 1, Integer::sum);
    rules.check(now == 1, "key-exclusive", now + " attempts of key " + key + " run at once");
  }

  void ends(String key) {
    running.merge(key, -1, Integer::sum);
  }

  /** The present ownership of the record's partition. */
  Tenure tenure(ConsumerRecord<?, ?> record) {
    return tenure(new TopicPartition(record.topic(), record.partition()));
  }

  Tenure tenure(TopicPartition partition) {
    return Objects.requireNonNull(tenures.get(partition), () -> partition + " was not assigned");
  }

  /** The partitions that are owned now. */
  List<TopicPartition> owned() {
    return tenures.keySet().stream().filter(each -> !given.contains(each)).toList();
  }

  @Override
  public void assigned(Set<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Tenure before = tenures.get(partition);
      if (before != null) {
        before.drop(now());
      }
      given.remove(partition);
      tenures.put(partition, new Tenure(rules, partition + " of " + name() + " from " + now()));
    }
  }

  @Override
  public void revoked(Set<TopicPartition> partitions) {
    // A new ownership may have begun before the last job of the old one ends.
    for (TopicPartition partition : partitions) {
      Deque<Tenure> those = leaving.get(partition);
      rules.check(
          those != null && !those.isEmpty(),
          "after-revoked",
          partition + " was revoked without being given back");
      if (those != null && !those.isEmpty()) {
        those.remove().end();
      }
    }
  }

  private void leave(Set<TopicPartition> partitions) {
    given.addAll(partitions);
    for (TopicPartition partition : partitions) {
      leaving.computeIfAbsent(partition, id -> new ArrayDeque<>()).add(tenure(partition));
    }
  }

  @Override
  public void willRevoke(Set<TopicPartition> partitions) {
    leave(partitions);
  }

  @Override
  public void lost(Set<TopicPartition> partitions) {
    leave(partitions);
    partitions.forEach(partition -> tenure(partition).drop(now()));
  }

  @Override
  public void paused(TopicPartition partition, PauseReason reason) {
    // Others run between the decision and what follows from it.
    work(LONGEST_PAUSE_NANOS);
  }
}
