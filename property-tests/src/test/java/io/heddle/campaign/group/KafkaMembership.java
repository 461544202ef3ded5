package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.HeartbeatResponse;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** The requests of a classic group's members, put to Kafka's coordinator. */
final class KafkaMembership {
  private final KafkaShard kafka;
  private final int minSessionTimeoutMs;
  private final int maxSessionTimeoutMs;

  KafkaMembership(KafkaShard kafka, int minSessionTimeoutMs, int maxSessionTimeoutMs) {
    this.kafka = kafka;
    this.minSessionTimeoutMs = minSessionTimeoutMs;
    this.maxSessionTimeoutMs = maxSessionTimeoutMs;
  }

  void join(Caller caller, JoinGroupRequest request, Consumer<Response> reply) {
    if (request.groupId().isEmpty()) {
      reply.accept(refusal(ErrorCode.INVALID_GROUP_ID, request.memberId()));
      return;
    }
    if (request.sessionTimeoutMs() < minSessionTimeoutMs
        || request.sessionTimeoutMs() > maxSessionTimeoutMs) {
      reply.accept(refusal(ErrorCode.INVALID_SESSION_TIMEOUT, request.memberId()));
      return;
    }
    JoinGroupRequestData data =
        new JoinGroupRequestData()
            .setGroupId(request.groupId())
            .setSessionTimeoutMs(request.sessionTimeoutMs())
            .setRebalanceTimeoutMs(request.rebalanceTimeoutMs())
            .setMemberId(request.memberId())
            .setGroupInstanceId(Codes.nullable(request.groupInstanceId()))
            .setProtocolType(request.protocolType())
            .setReason(request.reason());
    for (JoinGroupRequest.Protocol protocol : request.protocols()) {
      data.protocols()
          .add(
              new JoinGroupRequestData.JoinGroupRequestProtocol()
                  .setName(protocol.name())
                  .setMetadata(protocol.metadata().toArray()));
    }
    CompletableFuture<JoinGroupResponseData> future =
        new Answer<>(response -> reply.accept(joined(response)));
    KafkaContext context = KafkaContext.of(caller, ApiKeys.JOIN_GROUP, 9);
    try {
      kafka.<Void>write(shard -> shard.classicGroupJoin(context, data, future));
    } catch (RuntimeException failure) {
      if (!future.isDone()) {
        reply.accept(refusal(Codes.error(failure), ""));
      }
    }
  }

  private static JoinGroupResponse refusal(ErrorCode error, String memberId) {
    return new JoinGroupResponse(error, -1, "", "", "", false, memberId, List.of());
  }

  private static JoinGroupResponse joined(JoinGroupResponseData response) {
    List<JoinGroupResponse.Member> members = new ArrayList<>();
    for (JoinGroupResponseData.JoinGroupResponseMember member : response.members()) {
      members.add(
          new JoinGroupResponse.Member(
              member.memberId(),
              Optional.ofNullable(member.groupInstanceId()),
              Codes.bytes(member.metadata())));
    }
    return new JoinGroupResponse(
        Codes.error(response.errorCode()),
        response.generationId(),
        Codes.text(response.protocolType()),
        Codes.text(response.protocolName()),
        response.leader(),
        response.skipAssignment(),
        response.memberId(),
        members);
  }

  void sync(Caller caller, SyncGroupRequest request, Consumer<Response> reply) {
    if (request.groupId().isEmpty()) {
      reply.accept(unsynced(ErrorCode.INVALID_GROUP_ID));
      return;
    }
    SyncGroupRequestData data =
        new SyncGroupRequestData()
            .setGroupId(request.groupId())
            .setGenerationId(request.generationId())
            .setMemberId(request.memberId())
            .setGroupInstanceId(Codes.nullable(request.groupInstanceId()))
            .setProtocolType(request.protocolType())
            .setProtocolName(request.protocolName());
    request
        .assignments()
        .forEach(
            (member, assignment) ->
                data.assignments()
                    .add(
                        new SyncGroupRequestData.SyncGroupRequestAssignment()
                            .setMemberId(member)
                            .setAssignment(assignment.toArray())));
    CompletableFuture<SyncGroupResponseData> future =
        new Answer<>(response -> reply.accept(synced(response)));
    KafkaContext context = KafkaContext.of(caller, ApiKeys.SYNC_GROUP, 5);
    try {
      kafka.<Void>write(shard -> shard.classicGroupSync(context, data, future));
    } catch (RuntimeException failure) {
      if (!future.isDone()) {
        reply.accept(unsynced(Codes.error(failure)));
      }
    }
  }

  private static SyncGroupResponse unsynced(ErrorCode error) {
    return new SyncGroupResponse(error, "", "", Codes.bytes(null));
  }

  private static SyncGroupResponse synced(SyncGroupResponseData response) {
    return new SyncGroupResponse(
        Codes.error(response.errorCode()),
        Codes.text(response.protocolType()),
        Codes.text(response.protocolName()),
        Codes.bytes(response.assignment()));
  }

  HeartbeatResponse heartbeat(Caller caller, HeartbeatRequest request) {
    if (request.groupId().isEmpty()) {
      return new HeartbeatResponse(ErrorCode.INVALID_GROUP_ID);
    }
    HeartbeatRequestData data =
        new HeartbeatRequestData()
            .setGroupId(request.groupId())
            .setGenerationId(request.generationId())
            .setMemberId(request.memberId())
            .setGroupInstanceId(Codes.nullable(request.groupInstanceId()));
    KafkaContext context = KafkaContext.of(caller, ApiKeys.HEARTBEAT, 4);
    try {
      return new HeartbeatResponse(
          Codes.error(
              kafka.write(shard -> shard.classicGroupHeartbeat(context, data)).errorCode()));
    } catch (RuntimeException failure) {
      return new HeartbeatResponse(Codes.error(failure));
    }
  }

  LeaveGroupResponse leave(Caller caller, LeaveGroupRequest request) {
    if (request.groupId().isEmpty()) {
      return request.refusal(ErrorCode.INVALID_GROUP_ID);
    }
    LeaveGroupRequestData data = new LeaveGroupRequestData().setGroupId(request.groupId());
    for (LeaveGroupRequest.MemberIdentity member : request.members()) {
      data.members()
          .add(
              new LeaveGroupRequestData.MemberIdentity()
                  .setMemberId(member.memberId())
                  .setGroupInstanceId(Codes.nullable(member.groupInstanceId()))
                  .setReason(member.reason()));
    }
    KafkaContext context = KafkaContext.of(caller, ApiKeys.LEAVE_GROUP, 5);
    try {
      return left(kafka.write(shard -> shard.classicGroupLeave(context, data)));
    } catch (RuntimeException failure) {
      return unknown(request, Codes.error(failure));
    }
  }

  /** What is answered when the group is not there: no error of the whole, but one of each. */
  private static LeaveGroupResponse unknown(LeaveGroupRequest request, ErrorCode error) {
    if (error != ErrorCode.UNKNOWN_MEMBER_ID) {
      return request.refusal(error);
    }
    return new LeaveGroupResponse(
        ErrorCode.NONE,
        request.members().stream()
            .map(
                it ->
                    new LeaveGroupResponse.MemberResult(error, it.memberId(), it.groupInstanceId()))
            .toList());
  }

  private static LeaveGroupResponse left(LeaveGroupResponseData response) {
    return new LeaveGroupResponse(
        Codes.error(response.errorCode()),
        response.members().stream()
            .map(
                it ->
                    new LeaveGroupResponse.MemberResult(
                        Codes.error(it.errorCode()),
                        it.memberId(),
                        Optional.ofNullable(it.groupInstanceId())))
            .toList());
  }
}
