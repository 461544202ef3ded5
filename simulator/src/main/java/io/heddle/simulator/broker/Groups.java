package io.heddle.simulator.broker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All groups of a cluster, in the order in which they came into being. */
final class Groups {
  private final Map<String, Group> byId = new LinkedHashMap<>();

  /** Those that made way and left offsets, which the next group of the name takes over. */
  private final Set<String> gone = new LinkedHashSet<>();

  Collection<Group> all() {
    return byId.values();
  }

  /** Those whose ids belong to that partition of the offsets topic, as they are now. */
  List<Group> of(int partition) {
    return byId.values().stream()
        .filter(group -> Coordinators.partitionOf(group.groupId()) == partition)
        .toList();
  }

  Optional<Group> find(String groupId) {
    return Optional.ofNullable(byId.get(groupId));
  }

  Optional<ClassicGroup> findClassic(String groupId) {
    return find(groupId).filter(ClassicGroup.class::isInstance).map(ClassicGroup.class::cast);
  }

  Optional<ConsumerGroup> findConsumer(String groupId) {
    return find(groupId).filter(ConsumerGroup.class::isInstance).map(ConsumerGroup.class::cast);
  }

  /** The classic group of that id; it comes into being, in the place of none or another one. */
  ClassicGroup findOrCreate(String groupId) {
    return findClassic(groupId)
        .orElseGet(
            () -> {
              ClassicGroup created = new ClassicGroup(groupId);
              put(created);
              return created;
            });
  }

  void put(Group group) {
    byId.put(group.groupId(), group);
    gone.remove(group.groupId());
  }

  /** Takes a group out and leaves its offsets, which nobody can read then. */
  void makeWay(Group group) {
    remove(group);
    gone.add(group.groupId());
  }

  /** Whether a group of that name made way for none. */
  boolean hasGone(String groupId) {
    return gone.contains(groupId);
  }

  void remove(Group group) {
    byId.remove(group.groupId());
  }
}
