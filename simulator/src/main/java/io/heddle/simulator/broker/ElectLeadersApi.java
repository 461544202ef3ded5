package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ElectLeadersRequest;
import io.heddle.simulator.protocol.ElectLeadersResponse;
import io.heddle.simulator.protocol.ElectLeadersResponse.Result;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets partitions be led by their preferred replicas, the first of each, or, if nobody leads, by
 * any; any broker passes the request on to the controller.
 *
 * <p>Models: partitions that do not exist, that are led so already, or whose preferred replica is
 * not there or not in sync; unclean elections, which go past the topic's settings and lose what the
 * new leader has not got; all partitions that need it.
 *
 * <p>Does not model: replicas that are eligible though they are not in sync (KIP-966).
 */
final class ElectLeadersApi implements RequestHandler<ElectLeadersRequest> {
  private final Topics topics;
  private final Brokers brokers;
  private final Failover failover;

  ElectLeadersApi(Topics topics, Brokers brokers, Failover failover) {
    this.topics = topics;
    this.brokers = brokers;
    this.failover = failover;
  }

  @Override
  public void handle(Call call, ElectLeadersRequest request) {
    Map<TopicPartition, Result> results = new LinkedHashMap<>();
    if (request.partitions().isPresent()) {
      for (TopicPartition id : request.partitions().get()) {
        results.put(
            id,
            topics
                .find(id)
                .map(partition -> new Result(elect(partition, request.unclean()), ""))
                .orElseGet(() -> unknown(id)));
      }
    } else {
      for (Partition partition : topics.partitions()) {
        ErrorCode error = elect(partition, request.unclean());
        if (error != ErrorCode.ELECTION_NOT_NEEDED) {
          results.put(partition.id(), new Result(error, ""));
        }
      }
    }
    call.reply(new ElectLeadersResponse(ErrorCode.NONE, results));
  }

  private Result unknown(TopicPartition id) {
    return new Result(
        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        topics.find(id.topic()).isPresent()
            ? "No such partition as " + id
            : "No such topic as " + id.topic());
  }

  private ErrorCode elect(Partition partition, boolean unclean) {
    return unclean ? electAnyone(partition) : electPreferred(partition);
  }

  private ErrorCode electAnyone(Partition partition) {
    if (partition.leader() != Partition.NO_LEADER) {
      return ErrorCode.ELECTION_NOT_NEEDED;
    }
    return failover.electAnyone(partition)
        ? ErrorCode.NONE
        : ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE;
  }

  private ErrorCode electPreferred(Partition partition) {
    int preferred = partition.replicas().assigned().get(0);
    if (partition.leader() == preferred) {
      return ErrorCode.ELECTION_NOT_NEEDED;
    }
    if (!brokers.isUp(preferred) || !partition.replicas().isInSync(preferred)) {
      return ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE;
    }
    failover.moveLeader(partition, preferred);
    return ErrorCode.NONE;
  }
}
