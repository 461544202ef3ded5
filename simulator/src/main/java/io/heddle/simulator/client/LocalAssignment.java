package io.heddle.simulator.client;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/**
 * Partitions that a member is to own or owns, as the coordinator names them.
 *
 * @param epoch counts the assignments of this member, which may come back to what they were; -1
 *     before the first
 * @param partitions by topic id
 */
record LocalAssignment(long epoch, SortedMap<Uuid, SortedSet<Integer>> partitions) {
  static final LocalAssignment NONE = new LocalAssignment(-1, new TreeMap<>());

  boolean none() {
    return epoch < 0;
  }

  /** What the coordinator says now; empty if that is what it has said before. */
  Optional<LocalAssignment> next(Map<Uuid, List<Integer>> told) {
    SortedMap<Uuid, SortedSet<Integer>> sorted = new TreeMap<>();
    told.forEach((id, numbers) -> sorted.put(id, new TreeSet<>(numbers)));
    return !none() && sorted.equals(partitions)
        ? Optional.empty()
        : Optional.of(new LocalAssignment(epoch + 1, sorted));
  }

  /** The part of it that is about these topics. */
  LocalAssignment only(Collection<Uuid> topicIds) {
    SortedMap<Uuid, SortedSet<Integer>> part = new TreeMap<>(partitions);
    part.keySet().retainAll(topicIds);
    return new LocalAssignment(epoch, part);
  }

  /** As a request has it. */
  Map<Uuid, List<Integer>> toRequest() {
    Map<Uuid, List<Integer>> told = new LinkedHashMap<>();
    partitions.forEach((id, numbers) -> told.put(id, List.copyOf(numbers)));
    return told;
  }
}
