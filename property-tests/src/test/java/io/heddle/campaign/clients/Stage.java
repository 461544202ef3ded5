package io.heddle.campaign.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a trace is played: one side, the clients that the trace has made there, and the names that
 * only this play uses.
 */
final class Stage {
  /** How long anything may take. */
  static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Side side;
  private final String prefix;
  private final TreeMap<String, ConsumerActor> consumers = new TreeMap<>();
  private final TreeMap<String, ProducerActor> producers = new TreeMap<>();
  private final TreeMap<String, Integer> topics = new TreeMap<>();
  private final TreeMap<String, Set<String>> lingering = new TreeMap<>();
  private final TreeSet<String> transactionalIds = new TreeSet<>();

  /** A step names a client that there is not: what made it has been taken out of the trace. */
  static final class NoSuchClient extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchClient(String name) {
      super(name);
    }
  }

  Stage(Side side, String prefix) {
    this.side = side;
    this.prefix = prefix;
  }

  Side side() {
    return side;
  }

  /** What is called so in the trace is called so in this play. */
  String name(String inTrace) {
    return prefix + inTrace;
  }

  TopicPartition partition(TopicPartition inTrace) {
    return new TopicPartition(name(inTrace.topic()), inTrace.partition());
  }

  List<TopicPartition> partitions(List<TopicPartition> inTrace) {
    return inTrace.stream().map(this::partition).toList();
  }

  void add(ConsumerActor actor) {
    consumers.put(actor.name, actor);
  }

  void add(ProducerActor actor) {
    producers.put(actor.name, actor);
    actor.transactionalId.ifPresent(transactionalIds::add);
  }

  ConsumerActor consumer(String name) {
    ConsumerActor actor = consumers.get(name);
    if (actor == null) {
      throw new NoSuchClient(name);
    }
    return actor;
  }

  ProducerActor producer(String name) {
    ProducerActor actor = producers.get(name);
    if (actor == null) {
      throw new NoSuchClient(name);
    }
    return actor;
  }

  Iterable<ConsumerActor> consumers() {
    return consumers.values();
  }

  /** The topics that there are, by their names in this play, and their numbers of partitions. */
  Map<String, Integer> topics() {
    return topics;
  }

  /** How many offsets all logs have used. */
  long logEnds() {
    Set<TopicPartition> all = new TreeSet<>(ConsumerActor.ORDER);
    topics.forEach((topic, count) -> all.addAll(Draw.partitions(topic, count)));
    return side.ends(all, IsolationLevel.READ_UNCOMMITTED).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  boolean exists(TopicPartition partition) {
    return partition.partition() < topics.getOrDefault(partition.topic(), 0);
  }

  /** The instances that have gone without leaving the group. */
  Set<String> lingering(String group) {
    return lingering.computeIfAbsent(group, it -> new TreeSet<>());
  }

  /** Plays one step and says what came of it, and what listeners heard meanwhile. */
  String play(Step step) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    try {
      lines.add(step.act().on(this));
    } catch (NoSuchClient gone) {
      lines.add("no " + gone.getMessage());
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception thrown) {
      lines.add("throws " + Failure.of(thrown));
    }
    for (ConsumerActor each : consumers.values()) {
      List<String> heard = each.takeHeard();
      if (!heard.isEmpty()) {
        lines.add(each.name + " heard " + String.join(", ", heard));
      }
    }
    return String.join("; ", lines).replace(prefix, "");
  }

  /** Waits until every transaction that is being ended has ended everywhere. */
  void awaitTransactions() {
    side.awaitEnded(transactionalIds);
  }
}
