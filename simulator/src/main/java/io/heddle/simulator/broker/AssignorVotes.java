package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many members of a consumer group want which assignor. Of those that as many want, Kafka takes
 * the first one that its hash table gives.
 */
record AssignorVotes(Map<String, Integer> counts) {
  /** The capacity of Kafka's table, which two assignors do not fill. */
  private static final int TABLE = 2;

  static AssignorVotes of(Collection<ConsumerMember> members) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    members.forEach(member -> member.assignor().ifPresent(it -> counts.merge(it, 1, Integer::sum)));
    return new AssignorVotes(counts);
  }

  /** The assignor that most members want; the default one, if none wants any. */
  String preferred() {
    return preferred(HashOrder.timeline(counts.keySet(), TABLE), counts);
  }

  /**
   * The same, had the member changed already. Kafka counts that in a copy of its table, of so few
   * slots that both its assignors fall into one: there a name that comes anew is put in front.
   */
  String preferredOnce(ConsumerMember before, ConsumerMember now) {
    Map<String, Integer> changed = new LinkedHashMap<>(counts);
    before
        .assignor()
        .ifPresent(
            it -> changed.computeIfPresent(it, (name, count) -> count > 1 ? count - 1 : null));
    List<String> names = new ArrayList<>(HashOrder.timeline(changed.keySet(), TABLE));
    now.assignor()
        .ifPresent(
            name -> {
              if (changed.merge(name, 1, Integer::sum) == 1) {
                names.add(0, name);
              }
            });
    return preferred(names, changed);
  }

  private static String preferred(List<String> names, Map<String, Integer> counts) {
    String preferred = ServerAssignor.names().get(0);
    int most = 0;
    for (String name : names) {
      int count = counts.getOrDefault(name, 0);
      if (count > most) {
        preferred = name;
        most = count;
      }
    }
    return preferred;
  }
}
