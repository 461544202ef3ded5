package io.heddle.simulator.client;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.RebalanceProtocol;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * What a rebalance does to a consumer: which partitions it gives up and takes over, in which order
 * the listener is called, and what the leader assigns.
 */
final class Rebalancer {
  private final Subscriptions subscriptions;
  private final List<ConsumerPartitionAssignor> assignors;
  private final RebalanceProtocol protocol;
  private final Member member;
  private final BooleanSupplier crashed;
  private final java.util.function.LongSupplier nanoTime;
  private final Consumer<Fact> facts;
  private final Runnable whenAssigned;
  private final LedTopics led = new LedTopics();
  private Set<String> joinedTopics = Set.of();
  private Generation completed = Generation.NONE;

  /**
   * A member that has not joined.
   *
   * @param whenAssigned called when it is given partitions, before the listener hears of them
   */
  Rebalancer(
      Subscriptions subscriptions,
      List<ConsumerPartitionAssignor> assignors,
      ClientContext context,
      Runnable whenAssigned) {
    this.subscriptions = subscriptions;
    this.assignors = assignors;
    this.protocol = commonProtocol(assignors);
    this.member = context.process().member();
    this.crashed = context.process()::crashed;
    this.nanoTime = context.simulation()::nanoTime;
    this.facts = context.facts();
    this.whenAssigned = whenAssigned;
  }

  /** The best protocol that all assignors support, as kafka-clients chooses it. */
  private static RebalanceProtocol commonProtocol(List<ConsumerPartitionAssignor> assignors) {
    List<RebalanceProtocol> common = new ArrayList<>(List.of(RebalanceProtocol.values()));
    assignors.forEach(assignor -> common.retainAll(assignor.supportedProtocols()));
    if (common.isEmpty()) {
      throw new IllegalArgumentException(
          "Specified assignors do not have commonly supported rebalance protocol");
    }
    return common.get(common.size() - 1);
  }

  boolean eager() {
    return protocol == RebalanceProtocol.EAGER;
  }

  /** Whether the group is to assign something. */
  boolean subscribed() {
    return subscriptions.automatic();
  }

  /**
   * Whether the group may be joined. As in kafka-clients, topics that are listed need not be known,
   * nor be there at all; a pattern has to have been matched once.
   */
  boolean ready() {
    return subscribed() && subscriptions.listed();
  }

  /** The subscription in the words of each assignor. */
  List<JoinGroupRequest.Protocol> protocols(int generation, Optional<String> rack) {
    List<JoinGroupRequest.Protocol> protocols = new ArrayList<>();
    List<String> topics = new ArrayList<>(subscriptions.topics());
    joinedTopics = new TreeSet<>(topics);
    for (ConsumerPartitionAssignor assignor : assignors) {
      ByteBuffer userData = assignor.subscriptionUserData(new TreeSet<>(topics));
      protocols.add(
          new JoinGroupRequest.Protocol(
              assignor.name(),
              GroupEncoding.subscription(
                  new Subscription(
                      topics, userData, subscriptions.partitions(), generation, rack))));
    }
    return protocols;
  }

  /** Whether other topics are subscribed to than when the group was joined last. */
  boolean subscriptionHasChanged() {
    return completed.exists() && !joinedTopics.equals(subscriptions.topics());
  }

  /** The generation whose assignment was taken over last. */
  Generation completed() {
    return completed;
  }

  /** Everything that some member subscribes to. */
  Set<String> groupTopics(JoinGroupResponse joined) {
    Set<String> topics = new TreeSet<>();
    joined
        .members()
        .forEach(each -> topics.addAll(GroupEncoding.subscription(each.metadata()).topics()));
    return topics;
  }

  /**
   * This member is to assign what its group wants.
   *
   * @return whether the group wants more than this member does
   */
  boolean lead(Set<String> groupTopics) {
    led.watch(groupTopics);
    return !subscriptions.topics().containsAll(groupTopics);
  }

  /** Takes in what has been heard of the cluster. */
  void look(ClusterView cluster) {
    led.look(subscriptions.topics(), cluster);
  }

  /** The leader's work. */
  Map<String, GroupBytes> assign(JoinGroupResponse joined, ClusterView cluster) {
    ConsumerPartitionAssignor assignor = assignor(joined.protocolName());
    Map<String, Subscription> members = new TreeMap<>();
    for (JoinGroupResponse.Member each : joined.members()) {
      Subscription subscription = GroupEncoding.subscription(each.metadata());
      subscription.setGroupInstanceId(each.groupInstanceId());
      members.put(each.memberId(), subscription);
    }
    look(cluster);
    led.assign();
    if (joined.skipAssignment()) {
      return Map.of();
    }
    Map<String, Assignment> assignments =
        assignor.assign(cluster.toCluster(), new GroupSubscription(members)).groupAssignment();
    Map<String, GroupBytes> encoded = new TreeMap<>();
    assignments.forEach((id, each) -> encoded.put(id, GroupEncoding.assignment(each)));
    return encoded;
  }

  /** Whether this member, as the leader, assigned something that is no longer all there is. */
  boolean assignmentIsStale() {
    return led.isStale();
  }

  private ConsumerPartitionAssignor assignor(String name) {
    return assignors.stream()
        .filter(assignor -> assignor.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Coordinator selected invalid assignment protocol: " + name));
  }

  /** Before the group is joined again: give up what this protocol asks to give up. */
  void prepare(Generation generation) {
    led.resign();
    if (!generation.exists()) {
      lose("generation lost");
      return;
    }
    if (eager()) {
      revoke(subscriptions.partitions(), List.of());
      return;
    }
    List<TopicPartition> unwanted =
        subscriptions.partitions().stream()
            .filter(partition -> !subscriptions.topics().contains(partition.topic()))
            .toList();
    if (!unwanted.isEmpty()) {
      List<TopicPartition> rest = new ArrayList<>(subscriptions.partitions());
      rest.removeAll(unwanted);
      revoke(unwanted, rest);
    }
  }

  /**
   * After a generation has been formed: take over what was assigned.
   *
   * @param rejoin called if the group has to be joined once more: partitions were given up, or the
   *     assignment has some of a topic that is not subscribed to any more
   */
  void complete(
      Generation generation,
      GroupBytes encoded,
      Optional<String> instanceId,
      String groupId,
      Runnable rejoin) {
    completed = generation;
    led.completed();
    ConsumerGroupMetadata metadata = new GroupMetadata(groupId, generation, instanceId);
    Assignment assignment = GroupEncoding.assignment(encoded);
    List<TopicPartition> assigned = Subscriptions.sorted(assignment.partitions());
    if (!assigned.stream().allMatch(partition -> subscriptions.wants(partition.topic()))) {
      // The subscription has changed since the group was joined: nothing of this is taken over.
      rejoin.run();
      return;
    }
    Set<TopicPartition> owned = new LinkedHashSet<>(subscriptions.partitions());
    List<TopicPartition> added = assigned.stream().filter(it -> !owned.contains(it)).toList();
    List<TopicPartition> gone =
        owned.stream().filter(partition -> !assigned.contains(partition)).toList();
    Failures failures = new Failures();
    if (protocol == RebalanceProtocol.COOPERATIVE && !gone.isEmpty()) {
      failures.collect(() -> callRevoked(gone));
      rejoin.run();
    }
    failures.collect(() -> assignor(generation.protocol()).onAssignment(assignment, metadata));
    whenAssigned.run();
    subscriptions.replace(assigned);
    if (!added.isEmpty()) {
      facts.accept(new Fact.Assigned(nanoTime.getAsLong(), member, generation.id(), added));
    }
    failures.collect(() -> call(listener -> listener.onPartitionsAssigned(set(added))));
    failures.throwFirst();
  }

  /** The partitions are gone without having been given up. */
  void lose(String reason) {
    List<TopicPartition> lost = subscriptions.partitions();
    if (lost.isEmpty()) {
      return;
    }
    facts.accept(Fact.Lost.told(nanoTime.getAsLong(), member, lost, reason));
    Failures failures = new Failures();
    failures.collect(() -> call(listener -> listener.onPartitionsLost(set(lost))));
    subscriptions.replace(List.of());
    failures.throwFirst();
  }

  /** Gives everything up before the group is left. */
  void leave(Generation generation, boolean rebalancing) {
    // Whoever closes a consumer while its process dies tells nobody.
    if (!subscriptions.partitions().isEmpty() && !crashed.getAsBoolean()) {
      if (!generation.exists() || rebalancing) {
        lose("left while rebalancing");
      } else {
        revoke(subscriptions.partitions(), List.of());
      }
    }
    led.unsubscribed();
  }

  private void revoke(List<TopicPartition> revoked, List<TopicPartition> rest) {
    Failures failures = new Failures();
    failures.collect(() -> callRevoked(revoked));
    subscriptions.replace(rest);
    failures.throwFirst();
  }

  private void callRevoked(List<TopicPartition> revoked) {
    if (!revoked.isEmpty()) {
      facts.accept(new Fact.RevokeStarted(nanoTime.getAsLong(), member, revoked));
    }
    Failures failures = new Failures();
    failures.collect(() -> call(listener -> listener.onPartitionsRevoked(set(revoked))));
    if (!revoked.isEmpty()) {
      facts.accept(new Fact.Revoked(nanoTime.getAsLong(), member, revoked));
    }
    failures.throwFirst();
  }

  private void call(Consumer<ConsumerRebalanceListener> callback) {
    ConsumerRebalanceListener listener = subscriptions.listener();
    if (listener != null) {
      callback.accept(listener);
    }
  }

  private static Collection<TopicPartition> set(List<TopicPartition> partitions) {
    return new LinkedHashSet<>(partitions);
  }

  /** What callbacks threw; the rebalance goes on and the first is thrown at its end. */
  private static final class Failures {
    private @Nullable RuntimeException first;

    void collect(Runnable step) {
      try {
        step.run();
      } catch (WakeupException | InterruptException passedOn) {
        throw passedOn;
      } catch (RuntimeException failed) {
        if (first == null) {
          first = failed;
        }
      }
    }

    void throwFirst() {
      RuntimeException failed = first;
      if (failed instanceof KafkaException) {
        throw failed;
      }
      if (failed != null) {
        throw new KafkaException("User rebalance callback throws an error", failed);
      }
    }
  }
}
