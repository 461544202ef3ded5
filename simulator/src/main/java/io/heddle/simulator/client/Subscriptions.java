package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a consumer subscribes to, and the partitions it has. */
final class Subscriptions {
  /** How the partitions came to the consumer. */
  enum Kind {
    NONE,
    TOPICS,
    /** What matches a pattern of this client. */
    PATTERN,
    /** What matches a pattern that the coordinator looks up. */
    REGEX,
    MANUAL
  }

  private final Map<TopicPartition, PartitionState> assigned = new LinkedHashMap<>();
  private Kind kind = Kind.NONE;
  private Set<String> topics = new TreeSet<>();
  private Predicate<String> pattern = name -> false;
  private boolean listed;
  private String regex = "";
  private int changes;
  private @Nullable ConsumerRebalanceListener listener;

  /** Wants these topics; returns whether those are others than before. */
  boolean subscribe(Collection<String> names, @Nullable ConsumerRebalanceListener newListener) {
    require(Kind.TOPICS);
    Set<String> wanted = new TreeSet<>(names);
    boolean changed = !wanted.equals(topics);
    topics = wanted;
    listener = newListener;
    return changed;
  }

  /** Wants whatever matches a pattern; {@link #matched} says what that is. */
  void subscribe(Predicate<String> topicPattern, @Nullable ConsumerRebalanceListener newListener) {
    require(Kind.PATTERN);
    pattern = topicPattern;
    listed = false;
    listener = newListener;
  }

  /** Wants whatever matches a pattern that the group's coordinator looks up. */
  void subscribeToRegex(String expression, @Nullable ConsumerRebalanceListener newListener) {
    require(Kind.REGEX);
    regex = expression;
    listener = newListener;
  }

  /**
   * Takes in which topics there are.
   *
   * @param all whether these are known to be all
   * @return whether a pattern matches others than before
   */
  boolean matched(Collection<String> names, boolean all) {
    listed |= all;
    if (kind != Kind.PATTERN) {
      return false;
    }
    Set<String> matching = new TreeSet<>();
    names.stream().filter(pattern).forEach(matching::add);
    boolean changed = !matching.equals(topics);
    topics = matching;
    return changed;
  }

  /** Whether all topics have been looked at since a pattern was subscribed to. */
  boolean listed() {
    return kind != Kind.PATTERN || listed;
  }

  /** The pattern that the coordinator is to look up. */
  Optional<String> regex() {
    return kind == Kind.REGEX ? Optional.of(regex) : Optional.empty();
  }

  void assign(Collection<TopicPartition> partitions) {
    require(Kind.MANUAL);
    retain(partitions);
    partitions.forEach(this::add);
  }

  private void require(Kind wanted) {
    if (kind != Kind.NONE && kind != wanted) {
      throw new IllegalStateException(
          "Subscription to topics, partitions and pattern are mutually exclusive");
    }
    kind = wanted;
  }

  void unsubscribe() {
    kind = Kind.NONE;
    topics = new TreeSet<>();
    retain(List.of());
  }

  /** Whether the group assigns the partitions. */
  boolean automatic() {
    return kind == Kind.TOPICS || kind == Kind.PATTERN || kind == Kind.REGEX;
  }

  Kind kind() {
    return kind;
  }

  Set<String> topics() {
    return topics;
  }

  /** Whether partitions of that topic may be assigned by this client's list or pattern. */
  boolean wants(String topic) {
    return kind == Kind.PATTERN ? pattern.test(topic) : topics.contains(topic);
  }

  @Nullable ConsumerRebalanceListener listener() {
    return listener;
  }

  /** Takes exactly these partitions; those that were there keep their state. */
  void replace(Collection<TopicPartition> partitions) {
    retain(partitions);
    partitions.forEach(this::add);
  }

  /** Takes exactly these partitions; those added are not read until the listener knows of them. */
  void replaceAwaitingCallback(
      Collection<TopicPartition> partitions, Collection<TopicPartition> added) {
    replace(partitions);
    added.forEach(partition -> require(partition).awaitCallback());
  }

  /** The listener knows of these partitions. */
  void callbackDone(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      PartitionState state = find(partition);
      if (state != null) {
        state.callbackDone();
      }
    }
  }

  private void retain(Collection<TopicPartition> partitions) {
    Set<TopicPartition> kept = new LinkedHashSet<>(partitions);
    assigned
        .values()
        .removeIf(
            state -> {
              boolean gone = !kept.contains(state.partition());
              if (gone) {
                state.release();
              }
              return gone;
            });
    changes++;
  }

  /** How often partitions have been assigned, the same or others. */
  int changes() {
    return changes;
  }

  private void add(TopicPartition partition) {
    assigned.computeIfAbsent(partition, PartitionState::new);
  }

  @Nullable PartitionState find(TopicPartition partition) {
    return assigned.get(partition);
  }

  /** The state of a partition which the application names. */
  PartitionState require(TopicPartition partition) {
    PartitionState state = assigned.get(partition);
    if (state == null) {
      throw new IllegalStateException("No current assignment for partition " + partition);
    }
    return state;
  }

  /**
   * Is asked for behind all others from now on, as in kafka-clients, so that all have their turn.
   */
  void askLast(PartitionState state) {
    if (assigned.remove(state.partition(), state)) {
      assigned.put(state.partition(), state);
    }
  }

  Collection<PartitionState> states() {
    return assigned.values();
  }

  /** The partitions in the order of topic and number. */
  List<TopicPartition> partitions() {
    return sorted(assigned.keySet());
  }

  static List<TopicPartition> sorted(Collection<TopicPartition> partitions) {
    List<TopicPartition> sorted = new ArrayList<>(partitions);
    sorted.sort(
        java.util.Comparator.comparing(TopicPartition::topic)
            .thenComparingInt(TopicPartition::partition));
    return sorted;
  }
}
