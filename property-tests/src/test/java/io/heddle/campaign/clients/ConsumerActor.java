package io.heddle.campaign.clients;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A consumer of a trace, and what its rebalance listener has heard. */
final class ConsumerActor implements ConsumerRebalanceListener {
  static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  final String name;
  final Consumer<String, String> consumer;
  final Optional<String> group;
  final boolean isStatic;
  private final Optional<String> instance;
  final IsolationLevel isolation;

  /** Whether it speaks the consumer protocol. */
  private final boolean modern;

  private final boolean commitsByItself;

  /** Whether it asks about the cluster so often that a group may rebalance for it at any time. */
  final boolean looksOften;

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final Set<TopicPartition> pausedBefore = new TreeSet<>(ORDER);
  private boolean holding;
  private boolean closed;
  private Set<String> subscribedBefore = Set.of();

  ConsumerActor(
      String name,
      Consumer<String, String> consumer,
      Optional<String> group,
      Optional<String> instance,
      IsolationLevel isolation,
      boolean modern,
      boolean commitsByItself,
      boolean looksOften) {
    this.name = name;
    this.consumer = consumer;
    this.group = group;
    this.isStatic = instance.isPresent();
    this.instance = instance;
    this.isolation = isolation;
    this.modern = modern;
    this.commitsByItself = commitsByItself;
    this.looksOften = looksOften;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    heard.add("revoked " + sorted(partitions));
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    heard.add("assigned " + sorted(partitions));
    if (holding) {
      pausedBefore.removeAll(partitions);
      consumer.pause(partitions);
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    heard.add("lost " + sorted(partitions));
  }

  /** Something that came of its own and not as the outcome of a call. */
  void hear(String line) {
    heard.add(line);
  }

  /** The same, if nothing else has been heard last. */
  void hearOnce(String line) {
    synchronized (heard) {
      if (!heard.contains(line)) {
        heard.add(line);
      }
    }
  }

  /** What has been heard since the last call. */
  List<String> takeHeard() {
    synchronized (heard) {
      List<String> lines = new ArrayList<>();
      for (String line : heard) {
        if (!modern) {
          addRound(lines, line);
        } else if (!line.endsWith(" []")) {
          merge(lines, line);
        }
      }
      heard.clear();
      return List.copyOf(lines);
    }
  }

  /**
   * How many rounds it takes a cooperative group to settle is chance: what is assigned in a row
   * counts as one call.
   */
  private static void addRound(List<String> lines, String line) {
    int last = lines.size() - 1;
    if (last < 0 || !line.startsWith("assigned ") || !lines.get(last).startsWith("assigned ")) {
      lines.add(line);
    } else if (lines.get(last).equals("assigned []")) {
      lines.set(last, line);
    } else if (!line.equals("assigned []")) {
      merge(lines, line);
    }
  }

  /**
   * By the consumer protocol it is chance how partitions that others give up one after the other
   * are shared out among heartbeats: what comes in a row counts as one call.
   */
  private static void merge(List<String> lines, String line) {
    int last = lines.size() - 1;
    String verb = line.substring(0, line.indexOf(' ') + 1);
    if (last < 0 || !verb.equals("assigned ") || !lines.get(last).startsWith(verb)) {
      lines.add(line);
      return;
    }
    TreeSet<String> partitions = new TreeSet<>();
    for (String each : List.of(lines.get(last), line)) {
      String list = each.substring(verb.length() + 1, each.length() - 1);
      partitions.addAll(List.of(list.split(", ", -1)));
    }
    lines.set(last, verb + partitions);
  }

  /**
   * Whether it has got partitions since the last call, by a classic group, and commits by itself:
   * whether it has found where they begin before a cooperative group rebalances once more is
   * chance, and so is what it commits then.
   */
  boolean mayHaveCommitted() {
    synchronized (heard) {
      return commitsByItself
          && !modern
          && heard.stream().anyMatch(it -> it.startsWith("assigned ") && !it.endsWith(" []"));
    }
  }

  /** From now on polls return no records, whatever is assigned. */
  void hold() {
    subscribedBefore = Set.copyOf(consumer.subscription());
    pausedBefore.clear();
    pausedBefore.addAll(consumer.paused());
    consumer.pause(consumer.assignment());
    holding = true;
  }

  /** Whether it wants something else than when it was held. */
  boolean hasResubscribed() {
    return !closed && !consumer.subscription().equals(subscribedBefore);
  }

  /** The partitions are paused again that were before, if they have not come anew. */
  void release() {
    holding = false;
    Set<TopicPartition> resumed = new TreeSet<>(ORDER);
    resumed.addAll(consumer.assignment());
    resumed.removeAll(pausedBefore);
    consumer.resume(resumed);
  }

  /** It is no member any more. */
  void letGo() {
    holding = false;
  }

  /** What it is known by if it goes without leaving. */
  String instance() {
    return instance.orElse(name);
  }

  /** Whether it has subscribed to something in a group. */
  boolean isMember() {
    return !closed && group.isPresent() && !consumer.subscription().isEmpty();
  }

  boolean isClosed() {
    return closed;
  }

  void closed() {
    closed = true;
  }

  static List<TopicPartition> sorted(Collection<TopicPartition> partitions) {
    return partitions.stream().sorted(ORDER).toList();
  }
}
