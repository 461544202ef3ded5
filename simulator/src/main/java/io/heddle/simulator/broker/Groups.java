package io.heddle.simulator.broker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All groups of a cluster, in the order in which they came into being. */
final class Groups {
  private final Map<String, ClassicGroup> byId = new LinkedHashMap<>();

  Collection<ClassicGroup> all() {
    return byId.values();
  }

  Optional<ClassicGroup> find(String groupId) {
    return Optional.ofNullable(byId.get(groupId));
  }

  ClassicGroup findOrCreate(String groupId) {
    return byId.computeIfAbsent(groupId, ClassicGroup::new);
  }

  void remove(ClassicGroup group) {
    byId.remove(group.groupId());
  }
}
