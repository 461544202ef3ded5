package io.heddle.simulator.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * The case of {@code uniform} in which members subscribe to different topics: what has no owner
 * goes to the least loaded subscribers, then topic after topic is evened out between its most and
 * least loaded subscribers, until nothing moves. Members are numbered in the order of the spec.
 */
final class UniformBalancer {
  private static final int MAX_ROUNDS = 16;
  private static final int NOBODY = -1;

  private final ServerAssignor.Spec spec;
  private final List<String> memberIds;
  private final int[] loads;
  private final Map<Uuid, List<Integer>> subscribers = new TreeMap<>();
  private final Map<Uuid, int[]> owners = new TreeMap<>();
  private final List<TargetTable> targets = new ArrayList<>();

  UniformBalancer(ServerAssignor.Spec spec) {
    this.spec = spec;
    this.memberIds = spec.memberIds();
    this.loads = new int[memberIds.size()];
    for (int member = 0; member < memberIds.size(); member++) {
      for (Uuid topic : spec.member(memberIds.get(member)).topics()) {
        subscribers.computeIfAbsent(topic, it -> new ArrayList<>()).add(member);
      }
    }
    for (Uuid topic : subscribers.keySet()) {
      int[] nobody = new int[spec.partitionsOf().applyAsInt(topic)];
      Arrays.fill(nobody, NOBODY);
      owners.put(topic, nobody);
    }
  }

  Map<String, Map<Uuid, Set<Integer>>> assign() {
    if (subscribers.isEmpty()) {
      return Map.of();
    }
    for (int member = 0; member < memberIds.size(); member++) {
      keepSubscribed(member);
    }
    List<Uuid> ordered = new ArrayList<>(subscribers.keySet());
    ordered.sort(byDemand());
    ordered.forEach(this::assignFree);
    balance(ordered.stream().filter(topic -> subscribersOf(topic).size() > 1).toList());
    Map<String, Map<Uuid, Set<Integer>>> assigned = new LinkedHashMap<>();
    for (int member = 0; member < memberIds.size(); member++) {
      assigned.put(memberIds.get(member), targets.get(member).written());
    }
    return assigned;
  }

  private List<Integer> subscribersOf(Uuid topic) {
    return subscribers.getOrDefault(topic, List.of());
  }

  private int[] ownersOf(Uuid topic) {
    return owners.getOrDefault(topic, new int[0]);
  }

  /** Many partitions for each subscriber first, then few subscribers. */
  private Comparator<Uuid> byDemand() {
    Comparator<Uuid> demand =
        Comparator.comparingDouble(
            topic -> -((double) ownersOf(topic).length / subscribersOf(topic).size()));
    return demand
        .thenComparingInt(topic -> subscribersOf(topic).size())
        .thenComparing(Comparator.naturalOrder());
  }

  private void keepSubscribed(int member) {
    ServerAssignor.Member details = spec.member(memberIds.get(member));
    TargetTable kept = TargetTable.copyOf(details.target());
    details
        .target()
        .forEach(
            (topic, partitions) -> {
              if (details.topics().contains(topic)) {
                loads[member] += partitions.size();
                partitions.forEach(partition -> ownersOf(topic)[partition] = member);
              } else {
                kept.remove(topic);
              }
            });
    targets.add(kept);
  }

  private void assignFree(Uuid topic) {
    Loads subscribed = new Loads(subscribersOf(topic));
    int[] now = ownersOf(topic);
    for (int partition = 0; partition < now.length; partition++) {
      if (now[partition] == NOBODY) {
        give(topic, partition, subscribed.nextLeast());
      }
    }
  }

  private void give(Uuid topic, int partition, int member) {
    int before = ownersOf(topic)[partition];
    if (before != NOBODY) {
      targets.get(before).remove(topic, partition);
      loads[before]--;
    }
    targets.get(member).add(topic, partition, HashTable.withCapacity(expectedShare(topic)));
    ownersOf(topic)[partition] = member;
    loads[member]++;
  }

  /** For how many partitions of the topic Kafka makes room when a member gets the first of them. */
  private int expectedShare(Uuid topic) {
    int members = subscribersOf(topic).size();
    int share = (ownersOf(topic).length + members - 1) / members;
    return (int) (share / .75f + 1);
  }

  private void balance(List<Uuid> topics) {
    int lastMoved = -1;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      for (int i = 0; i < topics.size(); i++) {
        if (i == lastMoved) {
          // Once around without a move.
          return;
        }
        if (evenOut(topics.get(i)) || lastMoved < 0) {
          lastMoved = i;
        }
      }
    }
  }

  /** Returns whether anything moved. */
  private boolean evenOut(Uuid topic) {
    Loads subscribed = new Loads(subscribersOf(topic));
    if (subscribed.spread() <= 1) {
      return false;
    }
    Map<Integer, Deque<Integer>> byOwner = new TreeMap<>();
    int[] now = ownersOf(topic);
    for (int partition = 0; partition < now.length; partition++) {
      byOwner.computeIfAbsent(now[partition], it -> new ArrayDeque<>()).add(partition);
    }
    boolean moved = false;
    while (true) {
      int giver = subscribed.nextMost();
      while (giver != NOBODY && byOwner.getOrDefault(giver, new ArrayDeque<>()).isEmpty()) {
        subscribed.leaveOut();
        giver = subscribed.nextMost();
      }
      if (giver == NOBODY) {
        return moved;
      }
      int partition = byOwner.getOrDefault(giver, new ArrayDeque<>()).removeLast();
      int taker = subscribed.nextLeast();
      if (subscribed.even()) {
        return moved;
      }
      give(topic, partition, taker);
      moved = true;
    }
  }

  /**
   * Members by load. The least loaded ones are a range that takes one partition each, then is one
   * level higher and takes in those that were at that level; the most loaded ones likewise, from
   * the other end and downwards.
   */
  private final class Loads {
    private final List<Integer> sorted;
    private int leastLevel;
    private int leastEnd;
    private int leastNext;
    private int mostLevel;
    private int mostStart;
    private int mostEnd;
    private int mostNext;

    Loads(List<Integer> members) {
      sorted = new ArrayList<>(members);
      sorted.sort(
          Comparator.comparingInt((Integer member) -> loads[member])
              .thenComparing(Comparator.naturalOrder()));
      leastLevel = loadAt(0) - 1;
      mostLevel = loadAt(sorted.size() - 1) + 1;
      mostStart = sorted.size();
      mostEnd = sorted.size();
      mostNext = sorted.size() - 1;
    }

    private int loadAt(int place) {
      return loads[sorted.get(place)];
    }

    int spread() {
      return loadAt(sorted.size() - 1) - loadAt(0);
    }

    /** Whether the two ranges are so close that a move would gain nothing. */
    boolean even() {
      return mostLevel - leastLevel <= 1;
    }

    int nextLeast() {
      if (leastNext >= leastEnd) {
        leastLevel++;
        while (leastEnd < sorted.size() && loadAt(leastEnd) == leastLevel) {
          leastEnd++;
        }
        leastNext = 0;
      }
      return sorted.get(leastNext++);
    }

    int nextMost() {
      if (mostNext < mostStart) {
        boolean nobodyLeft = mostEnd <= mostStart && mostStart > 0;
        mostLevel = nobodyLeft ? loadAt(mostStart - 1) : mostLevel - 1;
        while (mostStart > 0 && loadAt(mostStart - 1) == mostLevel) {
          mostStart--;
        }
        mostNext = mostEnd - 1;
      }
      return mostNext < 0 ? NOBODY : sorted.get(mostNext--);
    }

    /** Takes the member that {@link #nextMost} gave last out of the range: it has nothing. */
    void leaveOut() {
      int place = mostNext + 1;
      Integer member = sorted.get(place);
      sorted.set(place, sorted.get(mostEnd - 1));
      sorted.set(mostEnd - 1, member);
      mostEnd--;
    }
  }
}
