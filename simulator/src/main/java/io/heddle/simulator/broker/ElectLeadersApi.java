package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ElectLeadersRequest;
import io.heddle.simulator.protocol.ElectLeadersResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets partitions be led by their preferred replicas, the first of each; any broker passes the
 * request on to the controller.
 *
 * <p>Models: partitions that do not exist, that are led so already, or whose preferred replica is
 * not there or not in sync; all partitions that need it.
 *
 * <p>Does not model: unclean elections.
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
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    if (request.partitions().isPresent()) {
      for (TopicPartition id : request.partitions().get()) {
        results.put(
            id, topics.find(id).map(this::elect).orElse(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
      }
    } else {
      for (Partition partition : topics.partitions()) {
        ErrorCode error = elect(partition);
        if (error != ErrorCode.ELECTION_NOT_NEEDED) {
          results.put(partition.id(), error);
        }
      }
    }
    call.reply(new ElectLeadersResponse(ErrorCode.NONE, results));
  }

  private ErrorCode elect(Partition partition) {
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
