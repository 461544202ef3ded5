package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Brings what a member owns to what the coordinator wants it to own: a last commit, then partitions
 * are given up, then others taken over, and then the coordinator is told. Another assignment that
 * comes meanwhile is looked at afterwards.
 */
final class Reconciler {
  /** Commits what has been read, if the consumer does that by itself, and goes on. */
  @FunctionalInterface
  interface LastCommit {
    /** Calls {@code then} once, when it is done or has failed. */
    void commit(Runnable then);
  }

  private final GroupPlace place;
  private final ListenerCalls calls;
  private final Subscriptions subscriptions;
  private final ClusterView cluster;
  private final LastCommit lastCommit;
  private final Runnable reconciled;
  private final Map<Uuid, String> names = new TreeMap<>();
  private LocalAssignment current = LocalAssignment.NONE;
  private LocalAssignment target = LocalAssignment.NONE;
  private boolean inProgress;
  private boolean rejoined;

  /**
   * Of a member that owns nothing.
   *
   * @param reconciled called when partitions have been taken over, before the coordinator is told
   */
  Reconciler(
      GroupPlace place,
      ListenerCalls calls,
      Subscriptions subscriptions,
      ClusterView cluster,
      LastCommit lastCommit,
      Runnable reconciled) {
    this.place = place;
    this.calls = calls;
    this.subscriptions = subscriptions;
    this.cluster = cluster;
    this.lastCommit = lastCommit;
    this.reconciled = reconciled;
  }

  /** What the coordinator is told that the member owns. */
  LocalAssignment current() {
    return current;
  }

  /** Whether there is nothing left to do. */
  boolean reconciled() {
    return current.equals(target);
  }

  /** Takes in what the coordinator wants the member to own. */
  void assigned(Map<Uuid, List<Integer>> told) {
    Optional<LocalAssignment> changed = target.next(told);
    if (changed.isPresent()) {
      target = changed.get();
      wantTopics();
    }
    if (!reconciled()) {
      place.to(MembershipState.RECONCILING);
    } else if (place.state() == MembershipState.RECONCILING
        || place.state() == MembershipState.JOINING) {
      place.to(MembershipState.STABLE);
    }
  }

  private void wantTopics() {
    boolean byId = subscriptions.kind() == Subscriptions.Kind.REGEX;
    cluster.wantIds(byId ? target.partitions().keySet() : List.of());
  }

  /** The member joins anew: what it was to own before means nothing any more. */
  void rejoining() {
    rejoined |= inProgress;
    forgetTarget();
  }

  /** It owns nothing any more, and tells so. */
  void disown() {
    current = LocalAssignment.NONE;
  }

  /** It neither owns anything nor is to. */
  void clear() {
    if (subscriptions.automatic()) {
      subscriptions.replace(List.of());
      calls.forgetAssigned();
    }
    disown();
    forgetTarget();
  }

  private void forgetTarget() {
    target = LocalAssignment.NONE;
    names.clear();
    wantTopics();
  }

  /**
   * Goes on towards the target if there is something to do.
   *
   * @param polling whether the application polls; otherwise only what needs neither a commit nor a
   *     revocation is done
   */
  void reconcile(boolean polling, boolean autoCommit) {
    if (place.state() != MembershipState.RECONCILING || reconciled() || inProgress) {
      return;
    }
    LocalAssignment resolved = resolve();
    if (!current.none() && resolved.partitions().equals(current.partitions())) {
      current = resolved;
      place.to(MembershipState.ACKNOWLEDGING);
      return;
    }
    List<TopicPartition> assigned = named(resolved);
    List<TopicPartition> added = new ArrayList<>(assigned);
    added.removeAll(subscriptions.partitions());
    List<TopicPartition> revoked = new ArrayList<>(subscriptions.partitions());
    revoked.removeAll(assigned);
    if (!polling && (autoCommit || !revoked.isEmpty())) {
      return;
    }
    inProgress = true;
    rejoined = false;
    markRevoking(revoked);
    lastCommit.commit(
        () -> {
          if (!interrupted()) {
            revoke(resolved, assigned, revoked, added);
          }
        });
  }

  void markRevoking(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      PartitionState state = subscriptions.find(partition);
      if (state != null) {
        state.revoking();
      }
    }
  }

  private void revoke(
      LocalAssignment resolved,
      List<TopicPartition> assigned,
      List<TopicPartition> revoked,
      List<TopicPartition> added) {
    List<TopicPartition> owned = new ArrayList<>(revoked);
    owned.retainAll(subscriptions.partitions());
    if (owned.isEmpty()) {
      assign(resolved, assigned, added);
      return;
    }
    calls.revoke(
        owned,
        ok -> {
          if (!ok) {
            end();
          } else if (!interrupted()) {
            assign(resolved, assigned, added);
          }
        });
  }

  private void assign(
      LocalAssignment resolved, List<TopicPartition> assigned, List<TopicPartition> added) {
    calls.assign(
        assigned,
        added,
        place.epoch(),
        ok -> {
          if (!ok) {
            // Those that were added stay unread until the listener accepts them.
            end();
            return;
          }
          subscriptions.callbackDone(assigned);
          if (inProgress && !interrupted()) {
            current = resolved;
            reconciled.run();
            place.to(MembershipState.ACKNOWLEDGING);
            end();
          }
        });
    Set<String> topics = new LinkedHashSet<>();
    assigned.forEach(partition -> topics.add(partition.topic()));
    names.values().retainAll(topics);
  }

  /** Whether it is not to go on: the member has left, or joined anew. */
  private boolean interrupted() {
    boolean over = place.state() != MembershipState.RECONCILING || rejoined;
    if (over) {
      end();
    }
    return over;
  }

  private void end() {
    inProgress = false;
    rejoined = false;
  }

  /** The part of the target whose topics are known by name; asks for the others. */
  private LocalAssignment resolve() {
    for (Uuid id : target.partitions().keySet()) {
      cluster.topicName(id).ifPresent(name -> names.put(id, name));
    }
    LocalAssignment resolved = target.only(names.keySet());
    if (!resolved.partitions().equals(target.partitions())) {
      cluster.lack();
    }
    return resolved;
  }

  private List<TopicPartition> named(LocalAssignment assignment) {
    List<TopicPartition> partitions = new ArrayList<>();
    assignment
        .partitions()
        .forEach(
            (id, numbers) -> {
              String name = names.get(id);
              if (name == null) {
                throw new IllegalStateException("no name for topic " + id);
              }
              numbers.forEach(number -> partitions.add(new TopicPartition(name, number)));
            });
    return Subscriptions.sorted(partitions);
  }
}
