package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListPartitionReassignmentsRequest;
import io.heddle.simulator.protocol.ListPartitionReassignmentsResponse;
import io.heddle.simulator.protocol.ListPartitionReassignmentsResponse.Ongoing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Lists partitions that are being moved to other replicas.
 *
 * <p>Models: all moves under way or those of the partitions asked for, with the replicas that there
 * are, that come and that go.
 *
 * <p>Does not model: the time until the controller has written down what it does.
 */
final class ListPartitionReassignmentsApi
    implements RequestHandler<ListPartitionReassignmentsRequest> {
  private final Topics topics;

  ListPartitionReassignmentsApi(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Call call, ListPartitionReassignmentsRequest request) {
    List<Partition> asked =
        request
            .partitions()
            .map(ids -> ids.stream().flatMap(id -> topics.find(id).stream()).toList())
            .orElseGet(topics::partitions);
    Map<TopicPartition, Ongoing> ongoing = new LinkedHashMap<>();
    for (Partition partition : asked) {
      Replicas replicas = partition.replicas();
      if (replicas.isMoving()) {
        ongoing.put(
            partition.id(),
            new Ongoing(replicas.assigned(), replicas.adding(), replicas.removing()));
      }
    }
    call.reply(new ListPartitionReassignmentsResponse(ErrorCode.NONE, ongoing));
  }
}
