package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which brokers hold a partition and which of them are in sync. There is one log for all: a replica
 * in sync has all of it at once, and one that is away has it up to where it ended when it went.
 *
 * <p>While the partition moves to other brokers, those that come and those that go are both among
 * the assigned, and it ends as Kafka's controller ends it ({@code PartitionReassignmentReplicas}).
 */
final class Replicas {
  private final List<Integer> assigned;
  private final List<Integer> inSync;

  /** For a replica that is not in sync, the offset up to which it has the log. */
  private final TreeMap<Integer, Long> behind = new TreeMap<>();

  private List<Integer> adding = List.of();
  private List<Integer> removing = List.of();

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
    adding = without(adding, List.of(from));
    removing = without(removing, List.of(from));
  }

  /** Those that come, while the partition moves. */
  List<Integer> adding() {
    return adding;
  }

  /** Those that go, while the partition moves. */
  List<Integer> removing() {
    return removing;
  }

  boolean isMoving() {
    return !adding.isEmpty() || !removing.isEmpty();
  }

  /** How many there are to be when the move that is under way, if any, has ended. */
  int targetCount() {
    return assigned.size() - removing.size();
  }

  /**
   * Begins a move, in the place of one that is under way: what that one adds or removes stays noted
   * where this one says nothing of its own, as in Kafka.
   *
   * @param logStart from where those that come have to read
   */
  void move(List<Integer> target, long logStart) {
    List<Integer> going = without(assigned, target).stream().sorted().toList();
    List<Integer> coming = without(target, assigned).stream().sorted().toList();
    assigned.clear();
    assigned.addAll(target);
    assigned.addAll(going);
    coming.forEach(broker -> behind.put(broker, logStart));
    removing = going.isEmpty() ? removing : going;
    adding = coming.isEmpty() ? adding : coming;
  }

  /**
   * Ends the move if all that come are in sync, and enough of those that stay are.
   *
   * @return whether it has ended
   */
  boolean completeMove() {
    List<Integer> left = without(inSync, removing);
    List<Integer> replicas = without(assigned, removing);
    if (!isMoving()
        || left.isEmpty()
        || !left.containsAll(adding)
        || (adding.size() < removing.size() && !left.containsAll(replicas))) {
      return false;
    }
    keep(replicas, left);
    return true;
  }

  /** Whether nobody that was there before the move is in sync. */
  boolean wouldRevertUncleanly() {
    return without(inSync, adding).isEmpty();
  }

  /** Takes the move back; those that came are gone. */
  void revertMove() {
    keep(without(assigned, adding), without(inSync, adding));
  }

  private void keep(List<Integer> replicas, List<Integer> synced) {
    assigned.clear();
    assigned.addAll(replicas);
    inSync.clear();
    inSync.addAll(synced);
    behind.keySet().retainAll(replicas);
    adding = List.of();
    removing = List.of();
  }

  private static List<Integer> without(List<Integer> all, List<Integer> gone) {
    return all.stream().filter(each -> !gone.contains(each)).toList();
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
