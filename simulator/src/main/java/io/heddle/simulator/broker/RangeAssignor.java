package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * Kafka's server-side {@code range}: each topic's partitions are cut into ranges, one for each
 * subscriber; static members come first, by instance id, then the others, by member id.
 */
final class RangeAssignor implements ServerAssignor {
  static final String NAME = "range";

  /** How a topic's partitions are cut up. */
  private static final class Cut {
    private final int partitions;
    private int subscribers;
    private int served;
    private int next;

    Cut(int partitions) {
      this.partitions = partitions;
    }

    Set<Integer> take() {
      int size = partitions / subscribers + (served < partitions % subscribers ? 1 : 0);
      served++;
      Set<Integer> range = new LinkedHashSet<>();
      for (int end = next + size; next < end; next++) {
        range.add(next);
      }
      return range;
    }
  }

  @Override
  public Map<String, Map<Uuid, Set<Integer>>> assign(Spec spec) {
    List<String> memberIds = inOrder(spec);
    Map<Uuid, Cut> cuts = new LinkedHashMap<>();
    for (String memberId : memberIds) {
      for (Uuid topic : topicsOf(spec, memberIds, memberId)) {
        cuts.computeIfAbsent(topic, it -> new Cut(spec.partitionsOf().applyAsInt(it)))
            .subscribers++;
      }
    }
    Map<String, Map<Uuid, Set<Integer>>> assigned = new LinkedHashMap<>();
    for (String memberId : memberIds) {
      Set<Uuid> topics = topicsOf(spec, memberIds, memberId);
      int expected = spec.homogeneous() ? topics.size() : spec.member(memberId).names();
      HashTable<Uuid> given = HashTable.withCapacity((int) (expected / .75f + 1));
      Map<Uuid, Set<Integer>> ranges = new LinkedHashMap<>();
      for (Uuid topic : topics) {
        Cut cut = cuts.get(topic);
        Set<Integer> range = cut == null ? Set.of() : cut.take();
        if (!range.isEmpty()) {
          given.put(topic);
          ranges.put(topic, range);
        }
      }
      Map<Uuid, Set<Integer>> target = new LinkedHashMap<>();
      given.inOrder().forEach(topic -> target.put(topic, ranges.getOrDefault(topic, Set.of())));
      assigned.put(memberId, target);
    }
    return assigned;
  }

  /**
   * If all are said to subscribe to the same, Kafka only asks the first: a member that has just
   * come and wants something else is given a range too, and the others less.
   */
  private static Set<Uuid> topicsOf(Spec spec, List<String> memberIds, String memberId) {
    return spec.member(spec.homogeneous() ? memberIds.get(0) : memberId).topics();
  }

  private static List<String> inOrder(Spec spec) {
    List<String> sorted = new ArrayList<>(spec.memberIds());
    sorted.sort(
        Comparator.comparing((String id) -> spec.member(id).instanceId().isEmpty())
            .thenComparing(id -> spec.member(id).instanceId().orElse(id)));
    return sorted;
  }
}
