package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ErrorCode;

/**
 * Hears from members of consumer groups, and tells them what to own.
 *
 * <p>Models: joining, with the id that the member has made itself, and joining again; full requests
 * and those that tell what has changed; group, assignment and member epochs; the server-side
 * assignors uniform and range, in the order in which Kafka's hash tables have members and topics;
 * at least a second between two assignments; a partition that is given only once its last owner has
 * let go of it; members that come with their last epoch because an answer was lost, and those that
 * are fenced; sessions and the time to give partitions up; static members, that leave for a while
 * and come back under another id; coordinators that move, which know all that was answered;
 * subscriptions by name and by pattern, looked up beside the heartbeats and anew when topics come;
 * topics that come, go, or grow; the size limit; an empty classic group that becomes a consumer
 * group.
 *
 * <p>Does not model: a classic group with members that becomes a consumer group (with Kafka's
 * default migration policy an exception says so, with {@code disabled} it is refused as Kafka
 * does); racks, which move nothing, as there is one replica; groups' own configurations; assignors
 * of the broker's own; the time that an assignor takes, and the time until a coordinator hears of a
 * new topic; RE2's syntax, where Java's patterns read it differently: what RE2 has not is refused;
 * the version of the request in which the coordinator made the ids.
 */
final class ConsumerGroupHeartbeatApi implements RequestHandler<ConsumerGroupHeartbeatRequest> {
  private final Coordinators coordinators;
  private final ConsumerGroupCoordinator coordinator;

  ConsumerGroupHeartbeatApi(Coordinators coordinators, ConsumerGroupCoordinator coordinator) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
  }

  @Override
  public void handle(Call call, ConsumerGroupHeartbeatRequest request) {
    try {
      call.reply(serve(call, request));
    } catch (Refused refused) {
      call.reply(ConsumerGroupHeartbeatResponse.failure(refused.error(), refused.text()));
    }
  }

  private ConsumerGroupHeartbeatResponse serve(Call call, ConsumerGroupHeartbeatRequest request) {
    check(request);
    ErrorCode refused = coordinators.check(call.brokerId(), request.groupId());
    if (refused != ErrorCode.NONE) {
      throw new Refused(refused, refused.name());
    }
    return request.memberEpoch() < 0
        ? coordinator.leave(request)
        : coordinator.heartbeat(call.caller(), request);
  }

  private static void check(ConsumerGroupHeartbeatRequest request) {
    notEmpty(request.memberId(), "MemberId");
    notEmpty(request.groupId(), "GroupId");
    request.instanceId().ifPresent(id -> notEmpty(id, "InstanceId"));
    request.rackId().ifPresent(id -> notEmpty(id, "RackId"));
    if (request.memberEpoch() == ConsumerGroupHeartbeatRequest.JOIN_EPOCH) {
      checkJoin(request);
    } else if (request.memberEpoch() == ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH) {
      if (request.instanceId().isEmpty()) {
        throw invalid("InstanceId can't be null.");
      }
    } else if (request.memberEpoch() < ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH) {
      throw invalid("MemberEpoch is invalid.");
    }
    if (request.serverAssignor().flatMap(ServerAssignor::named).isEmpty()
        && request.serverAssignor().isPresent()) {
      throw new Refused(
          ErrorCode.UNSUPPORTED_ASSIGNOR,
          "ServerAssignor "
              + request.serverAssignor().get()
              + " is not supported. Supported assignors: "
              + String.join(", ", ServerAssignor.names())
              + ".");
    }
  }

  private static void checkJoin(ConsumerGroupHeartbeatRequest request) {
    if (request.rebalanceTimeoutMs() == -1) {
      throw invalid("RebalanceTimeoutMs must be provided in first request.");
    }
    if (request.topicPartitions().map(owned -> !owned.isEmpty()).orElse(true)) {
      throw invalid("TopicPartitions must be empty when (re-)joining.");
    }
    if (request.subscribedTopicNames().isEmpty() && request.subscribedTopicRegex().isEmpty()) {
      throw invalid(
          "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when"
              + " (re-)joining.");
    }
  }

  private static void notEmpty(String value, String field) {
    if (value.isBlank()) {
      throw invalid(field + " can't be empty.");
    }
  }

  private static Refused invalid(String message) {
    return new Refused(ErrorCode.INVALID_REQUEST, message);
  }
}
