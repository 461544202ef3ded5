package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which brokers hold a partition and which of them are in sync. There is one log for all: a replica
 * in sync has all of it at once, and one that is away has it up to where it ended when it went.
 */
final class Replicas {
  private final List<Integer> assigned;
  private final List<Integer> inSync;

  /** For a replica that is not in sync, the offset up to which it has the log. */
  private final TreeMap<Integer, Long> behind = new TreeMap<>();

  Replicas(List<Integer> assigned) {
    this.assigned = new ArrayList<>(assigned);
    this.inSync = new ArrayList<>(assigned);
  }

  /** A copy, the preferred leader first. */
  List<Integer> assigned() {
    return List.copyOf(assigned);
  }

  /** A copy, in the order of the assignment. */
  List<Integer> inSync() {
    return assigned.stream().filter(inSync::contains).toList();
  }

  int inSyncCount() {
    return inSync.size();
  }

  boolean isInSync(int broker) {
    return inSync.contains(broker);
  }

  boolean has(int broker) {
    return assigned.contains(broker);
  }

  /** A broker without a replica gets one, in the place of another's, with all of the log. */
  void reassign(int from, int to) {
    assigned.set(assigned.indexOf(from), to);
    inSync.remove((Integer) from);
    inSync.add(to);
    behind.remove(from);
  }

  /** The broker is away; the last one in sync stays it, since nobody has more of the log. */
  void leave(int broker, long endOffset) {
    if (!has(broker)) {
      return;
    }
    if (inSync.size() > 1 && inSync.remove((Integer) broker)) {
      behind.put(broker, endOffset);
    }
  }

  /** The broker has caught up with the leader. */
  void join(int broker) {
    if (has(broker) && !inSync.contains(broker)) {
      inSync.add(broker);
    }
    behind.remove(broker);
  }

  /** Up to where a broker that is not in sync has the log. */
  Optional<Long> endAt(int broker) {
    return Optional.ofNullable(behind.get(broker));
  }

  /** A broker that was not in sync leads from now on: it alone is. */
  void leadUncleanly(int broker, long endOffset) {
    for (int other : List.copyOf(inSync)) {
      behind.put(other, endOffset);
    }
    inSync.clear();
    inSync.add(broker);
    behind.remove(broker);
  }
}
