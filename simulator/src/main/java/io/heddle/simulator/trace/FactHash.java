package io.heddle.simulator.trace;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** A number that stands for everything a fact says but its time, the same in every JVM. */
public final class FactHash {
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private FactHash() {}

  /** The number of this fact. */
  public static long of(Fact fact) {
    if (fact instanceof Fact.Started it) {
      return work(1, it.member(), it.partition(), it.offset(), it.key());
    }
    if (fact instanceof Fact.Ended it) {
      return work(2, it.member(), it.partition(), it.offset(), it.key());
    }
    if (fact instanceof Fact.Completed it) {
      return work(3, it.member(), it.partition(), it.offset(), it.key());
    }
    if (fact instanceof Fact.Appended it) {
      return mix(mix(place(4, it.partition()), it.offset()), Trace.text(it.key()));
    }
    if (fact instanceof Fact.Committed it) {
      long hash = mix(mix(place(5, it.partition()), it.offset()), it.generation());
      hash = mix(mix(hash, it.leaderEpoch()), Trace.text(it.metadata()));
      hash = mix(mix(hash, member(it.member())), Trace.text(it.group()));
      return it.givenUp() ? mix(hash, 1) : hash;
    }
    if (fact instanceof Fact.Assigned it) {
      return mix(partitions(6, it.member(), it.partitions()), it.generation());
    }
    if (fact instanceof Fact.RevokeStarted it) {
      return partitions(7, it.member(), it.partitions());
    }
    if (fact instanceof Fact.Revoked it) {
      return partitions(8, it.member(), it.partitions());
    }
    if (fact instanceof Fact.Lost it) {
      return mix(partitions(9, it.member(), it.partitions()), Trace.text(it.reason()));
    }
    // The rest is rare, and a record's text says all that it holds.
    return Trace.text(fact.toString());
  }

  private static long work(
      int kind, Member member, TopicPartition partition, long offset, String key) {
    return mix(mix(mix(place(kind, partition), offset), Trace.text(key)), member(member));
  }

  private static long place(int kind, TopicPartition partition) {
    return mix(mix(kind, Trace.text(partition.topic())), partition.partition());
  }

  private static long partitions(int kind, Member member, List<TopicPartition> partitions) {
    long hash = mix(kind, member(member));
    for (TopicPartition partition : partitions) {
      hash = mix(hash, place(kind, partition));
    }
    return hash;
  }

  private static long member(Member member) {
    return mix(Trace.text(member.name()), member.incarnation());
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * PRIME;
    return mixed ^ (mixed >>> 29);
  }
}
