package io.heddle.scenarios.report;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Which member owned which partition, and when: the rows of an assignment chart. */
public final class Tenures {
  /** How many tenures are kept at most; the first ones are. */
  public static final int MOST = 5_000;

  private final List<Tenure> ended = new ArrayList<>();
  private final Map<Member, Map<TopicPartition, Open>> open = new TreeMap<>();
  private long leftOut;

  Tenures() {}

  /**
   * One member's ownership of one partition.
   *
   * @param end how it ended: {@code revoked}, {@code lost: REASON}, {@code crashed} or {@code end
   *     of the run}
   */
  public record Tenure(
      Member member,
      TopicPartition partition,
      int generation,
      long fromNanos,
      long toNanos,
      String end) {}

  private record Open(int generation, long fromNanos) {}

  /** The tenures in the order in which they ended. */
  public List<Tenure> all() {
    return List.copyOf(ended);
  }

  /** How many there were beyond {@link #MOST}. */
  public long leftOut() {
    return leftOut;
  }

  void accept(Fact fact) {
    long now = fact.atNanos();
    if (fact instanceof Fact.Assigned assigned) {
      Map<TopicPartition, Open> owned =
          open.computeIfAbsent(
              assigned.member(), each -> new TreeMap<>(PartitionOrder.BY_TOPIC_THEN_NUMBER));
      for (TopicPartition partition : assigned.partitions()) {
        owned.putIfAbsent(partition, new Open(assigned.generation(), now));
      }
    } else if (fact instanceof Fact.Revoked revoked) {
      end(revoked.member(), revoked.partitions(), now, "revoked");
    } else if (fact instanceof Fact.Lost lost) {
      end(lost.member(), lost.partitions(), now, "lost: " + lost.reason());
    } else if (fact instanceof Fact.Crashed crashed) {
      endAll(crashed.member(), now, "crashed");
    } else if (fact instanceof Fact.RunEnded) {
      List.copyOf(open.keySet()).forEach(member -> endAll(member, now, "end of the run"));
    }
  }

  private void end(Member member, Collection<TopicPartition> partitions, long now, String how) {
    Map<TopicPartition, Open> owned = open.get(member);
    for (TopicPartition partition : partitions) {
      Open tenure = owned == null ? null : owned.remove(partition);
      if (tenure != null) {
        add(new Tenure(member, partition, tenure.generation(), tenure.fromNanos(), now, how));
      }
    }
  }

  private void endAll(Member member, long now, String how) {
    Map<TopicPartition, Open> owned = open.get(member);
    if (owned == null) {
      return;
    }
    for (Iterator<Map.Entry<TopicPartition, Open>> each = owned.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<TopicPartition, Open> entry = each.next();
      Open tenure = entry.getValue();
      add(new Tenure(member, entry.getKey(), tenure.generation(), tenure.fromNanos(), now, how));
      each.remove();
    }
  }

  private void add(Tenure tenure) {
    if (ended.size() < MOST) {
      ended.add(tenure);
    } else {
      leftOut++;
    }
  }
}
