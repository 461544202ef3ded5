package io.heddle.simulator.client;

import io.heddle.simulator.protocol.AlterPartitionReassignmentsRequest;
import io.heddle.simulator.protocol.AlterPartitionReassignmentsResponse;
import io.heddle.simulator.protocol.AlterReplicaLogDirsRequest;
import io.heddle.simulator.protocol.AlterReplicaLogDirsResponse;
import io.heddle.simulator.protocol.ElectLeadersRequest;
import io.heddle.simulator.protocol.ElectLeadersResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListPartitionReassignmentsRequest;
import io.heddle.simulator.protocol.ListPartitionReassignmentsResponse;
import io.heddle.simulator.protocol.UnregisterBrokerRequest;
import io.heddle.simulator.protocol.UnregisterBrokerResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.PartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.jspecify.annotations.Nullable;

/** An admin client's calls about brokers, and which of them hold and lead partitions. */
final class AdminCluster {
  private final AdminCalls calls;

  AdminCluster(AdminCalls calls) {
    this.calls = calls;
  }

  Map<TopicPartition, AdminOutcome<Void>> reassign(
      Map<TopicPartition, Optional<NewPartitionReassignment>> targets,
      boolean mayChangeFactor,
      @Nullable Integer timeoutMs) {
    Map<TopicPartition, AdminOutcome<Void>> outcomes = new LinkedHashMap<>();
    Map<TopicPartition, Optional<List<Integer>>> wanted = new LinkedHashMap<>();
    CallerOrder.byPartition(targets)
        .forEach(
            (partition, target) ->
                faultOf(partition)
                    .ifPresentOrElse(
                        fault -> outcomes.put(partition, AdminOutcome.failed(fault)),
                        () ->
                            wanted.put(
                                partition, target.map(NewPartitionReassignment::targetReplicas))));
    if (!wanted.isEmpty()) {
      outcomes.putAll(
          calls.run(
              "alterPartitionReassignments",
              calls.deadline(timeoutMs),
              wanted.keySet(),
              new AdminRoute.AnyBroker<>(),
              new AdminStep<>(
                  AlterPartitionReassignmentsResponse.class,
                  true,
                  keys -> new AlterPartitionReassignmentsRequest(wanted, mayChangeFactor),
                  (response, call) ->
                      response
                          .partitions()
                          .forEach(
                              (partition, result) ->
                                  settle(partition, result.error(), result.message(), call)))));
    }
    return outcomes;
  }

  private static Optional<ApiException> faultOf(TopicPartition partition) {
    if (partition.topic() == null || partition.topic().isEmpty()) {
      return Optional.of(AdminTopics.notRepresentable(partition.topic()));
    }
    return partition.partition() < 0
        ? Optional.of(
            new InvalidTopicException(
                "The given partition index " + partition.partition() + " is not valid."))
        : Optional.empty();
  }

  static <K> void settle(K key, ErrorCode error, String message, AdminCall<K, Void> call) {
    if (error == ErrorCode.NONE) {
      call.done(key, null);
    } else {
      call.failed(key, error.exception(message));
    }
  }

  AdminOutcome<Map<TopicPartition, PartitionReassignment>> reassignments(
      Optional<Set<TopicPartition>> partitions, @Nullable Integer timeoutMs) {
    Optional<List<TopicPartition>> asked =
        partitions.map(some -> CallerOrder.of(some, TopicPartition::toString));
    Optional<ApiException> fault =
        asked.stream().flatMap(List::stream).flatMap(each -> faultOf(each).stream()).findFirst();
    if (fault.isPresent()) {
      return AdminOutcome.failed(fault.get());
    }
    return calls.runOne(
        "listPartitionReassignments",
        calls.deadline(timeoutMs),
        "reassignments",
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            ListPartitionReassignmentsResponse.class,
            false,
            keys -> new ListPartitionReassignmentsRequest(asked),
            (response, call) -> AdminResources.answer(response.error(), ongoing(response), call)));
  }

  private static Map<TopicPartition, PartitionReassignment> ongoing(
      ListPartitionReassignmentsResponse response) {
    Map<TopicPartition, PartitionReassignment> all = new LinkedHashMap<>();
    response
        .partitions()
        .forEach(
            (partition, move) ->
                all.put(
                    partition,
                    new PartitionReassignment(move.replicas(), move.adding(), move.removing())));
    return all;
  }

  /** Lets these, or all that need it, be led by their preferred replicas, or by anyone. */
  AdminOutcome<Map<TopicPartition, Optional<Throwable>>> elect(
      ElectionType type, @Nullable Set<TopicPartition> partitions, @Nullable Integer timeoutMs) {
    Optional<List<TopicPartition>> wanted =
        Optional.ofNullable(partitions).map(some -> CallerOrder.of(some, TopicPartition::toString));
    return calls.runOne(
        "electLeaders",
        calls.deadline(timeoutMs),
        "leaders",
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            ElectLeadersResponse.class,
            false,
            keys -> new ElectLeadersRequest(type == ElectionType.UNCLEAN, wanted),
            (response, call) -> AdminResources.answer(response.error(), elected(response), call)));
  }

  private static Map<TopicPartition, Optional<Throwable>> elected(ElectLeadersResponse response) {
    Map<TopicPartition, Optional<Throwable>> outcomes = new LinkedHashMap<>();
    response
        .partitions()
        .forEach(
            (partition, result) ->
                outcomes.put(
                    partition,
                    result.error() == ErrorCode.NONE
                        ? Optional.empty()
                        : Optional.of(result.error().exception(result.message()))));
    return outcomes;
  }

  AdminOutcome<Void> unregister(int broker, @Nullable Integer timeoutMs) {
    return calls.<Integer, Void>runOne(
        "unregisterBroker",
        calls.deadline(timeoutMs),
        broker,
        new AdminRoute.AnyBroker<>(),
        new AdminStep<>(
            UnregisterBrokerResponse.class,
            false,
            keys -> new UnregisterBrokerRequest(broker),
            (response, call) -> {
              if (response.error() == ErrorCode.REQUEST_TIMED_OUT) {
                call.again(broker, response.error().exception(response.message()));
              } else {
                settle(broker, response.error(), response.message(), call);
              }
            }));
  }

  Map<TopicPartitionReplica, AdminOutcome<Void>> moveOnDisk(
      Map<TopicPartitionReplica, String> directories, @Nullable Integer timeoutMs) {
    Collection<TopicPartitionReplica> replicas =
        directories.keySet().stream()
            .sorted(java.util.Comparator.comparing(TopicPartitionReplica::toString))
            .toList();
    return calls.run(
        "alterReplicaLogDirs",
        calls.deadline(timeoutMs),
        replicas,
        new AdminRoute.Given<>(TopicPartitionReplica::brokerId),
        new AdminStep<>(
            AlterReplicaLogDirsResponse.class,
            true,
            keys -> {
              Map<TopicPartition, String> wanted = new LinkedHashMap<>();
              keys.forEach(
                  key -> wanted.put(partition(key), Objects.requireNonNull(directories.get(key))));
              return new AlterReplicaLogDirsRequest(wanted);
            },
            (response, call) -> {
              for (TopicPartitionReplica replica : call.unanswered()) {
                ErrorCode error = response.partitions().get(partition(replica));
                if (error != null) {
                  settle(replica, error, "", call);
                }
              }
            }));
  }

  private static TopicPartition partition(TopicPartitionReplica replica) {
    return new TopicPartition(replica.topic(), replica.partition());
  }
}
