package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.AlterPartitionReassignmentsRequest;
import io.heddle.simulator.protocol.AlterPartitionReassignmentsResponse;
import io.heddle.simulator.protocol.AlterPartitionReassignmentsResponse.Result;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves partitions to other replicas, or takes such moves back; any broker passes the request on to
 * the controller.
 *
 * <p>Models: what is asked of replicas that somebody names, unknown topics and partitions, a number
 * of replicas that may not change; replicas that come and are in sync after a while, if their
 * broker is there, and only then replicas that go; a leader that makes way, and a new epoch; a move
 * in the place of another; a move taken back, unless only those that came have all of the log.
 *
 * <p>Does not model: throttled moves, and how long a move takes by the size of the log.
 */
final class AlterPartitionReassignmentsApi
    implements RequestHandler<AlterPartitionReassignmentsRequest> {
  private final Topics topics;
  private final AssignmentRules rules;
  private final Failover failover;

  AlterPartitionReassignmentsApi(Topics topics, AssignmentRules rules, Failover failover) {
    this.topics = topics;
    this.rules = rules;
    this.failover = failover;
  }

  @Override
  public void handle(Call call, AlterPartitionReassignmentsRequest request) {
    Map<TopicPartition, Result> results = new LinkedHashMap<>();
    request
        .targets()
        .forEach(
            (id, target) ->
                results.put(
                    id,
                    topics
                        .find(id)
                        .map(
                            partition ->
                                target.isEmpty()
                                    ? revert(partition)
                                    : move(partition, target.get(), request.mayChangeFactor()))
                        .orElseGet(() -> unknown(id))));
    call.reply(new AlterPartitionReassignmentsResponse(results));
  }

  private Result unknown(TopicPartition id) {
    return new Result(
        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        topics.find(id.topic()).isPresent()
            ? "Unable to find partition " + id.topic() + ":" + id.partition() + "."
            : "Unable to find a topic named " + id.topic() + ".");
  }

  private Result revert(Partition partition) {
    ErrorCode error = failover.revert(partition);
    return new Result(
        error,
        error == ErrorCode.INVALID_REPLICA_ASSIGNMENT
            ? "Unable to revert partition assignment for "
                + partition.id().topic()
                + ":"
                + partition.id().partition()
                + " because it would require an unclean leader election."
            : "");
  }

  private Result move(Partition partition, List<Integer> target, boolean mayChangeFactor) {
    String fault = rules.faultOf(target, OptionalInt.empty()).orElse("");
    if (!fault.isEmpty()) {
      return new Result(ErrorCode.INVALID_REPLICA_ASSIGNMENT, fault);
    }
    int count = partition.replicas().targetCount();
    if (!mayChangeFactor && count != target.size()) {
      return new Result(
          ErrorCode.INVALID_REPLICATION_FACTOR,
          "The replication factor is changed from " + count + " to " + target.size());
    }
    failover.move(partition, target);
    return new Result(ErrorCode.NONE, "");
  }
}
