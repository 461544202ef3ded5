package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The record that each consumer was given last of each partition, unless it moved since. */
final class ReadPositions {
  private final Map<Member, Map<TopicPartition, Fact.Polled>> last = new LinkedHashMap<>();

  /** Takes a read into account, and returns the one before, or null. */
  Fact.@Nullable Polled read(Fact.Polled now) {
    return last.computeIfAbsent(now.member(), member -> new LinkedHashMap<>())
        .put(now.partition(), now);
  }

  void accept(Fact fact) {
    if (fact instanceof Fact.Moved moved) {
      moved(moved.member(), List.of(moved.partition()));
    } else if (fact instanceof Fact.Sought sought) {
      moved(sought.member(), List.of(sought.partition()));
    } else if (fact instanceof Fact.Assigned assigned) {
      moved(assigned.member(), assigned.partitions());
    } else if (fact instanceof Fact.Revoked revoked) {
      moved(revoked.member(), revoked.partitions());
    } else if (fact instanceof Fact.Lost lost) {
      moved(lost.member(), lost.partitions());
    } else if (fact instanceof Fact.Truncated cut) {
      last.values().forEach(positions -> positions.remove(cut.partition()));
    }
  }

  private void moved(Member member, List<TopicPartition> partitions) {
    Map<TopicPartition, Fact.Polled> positions = last.get(member);
    if (positions != null) {
      partitions.forEach(positions::remove);
    }
  }
}
