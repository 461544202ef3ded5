package io.heddle.simulator.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.HeartbeatResponse;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupRequest.Protocol;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest.MemberIdentity;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** A hand-driven member of the group {@code g}. */
final class TestMember {
  static final String GROUP = "g";
  static final int SESSION_MS = 10_000;
  static final int REBALANCE_MS = 60_000;

  private final TestCluster test;
  private final Caller caller;
  private final Optional<String> instanceId;
  private List<Protocol> protocols = List.of(protocol("range", "s"));
  private int sessionMs = SESSION_MS;
  private int rebalanceMs = REBALANCE_MS;
  private String protocolType = "consumer";
  String memberId = "";
  int generation = -1;

  TestMember(TestCluster test, String name) {
    this(test, name, Optional.empty());
  }

  TestMember(TestCluster test, String name, Optional<String> instanceId) {
    this.test = test;
    this.caller = TestCluster.caller(name);
    this.instanceId = instanceId;
  }

  static Protocol protocol(String name, String metadata) {
    return new Protocol(name, GroupBytes.of(metadata.getBytes(UTF_8)));
  }

  TestMember with(Protocol... wanted) {
    protocols = List.of(wanted);
    return this;
  }

  TestMember withTimeouts(int session, int rebalance) {
    sessionMs = session;
    rebalanceMs = rebalance;
    return this;
  }

  TestMember withProtocolType(String type) {
    protocolType = type;
    return this;
  }

  /** One JoinGroup with the id that it has. */
  Answer<JoinGroupResponse> joinOnce() {
    return test.ask(
        test.cluster.coordinatorOf(GROUP),
        caller,
        new JoinGroupRequest(
            GROUP, sessionMs, rebalanceMs, memberId, instanceId, protocolType, protocols, ""),
        JoinGroupResponse.class);
  }

  /** Joins, in two steps if it has no id yet. */
  Answer<JoinGroupResponse> join() {
    Answer<JoinGroupResponse> answer = joinOnce();
    if (memberId.isEmpty() && instanceId.isEmpty()) {
      memberId = answer.get().memberId();
      answer = joinOnce();
    }
    return answer;
  }

  /** Takes the answer to a join, which must be good. */
  JoinGroupResponse joined(Answer<JoinGroupResponse> answer) {
    JoinGroupResponse response = answer.get();
    if (response.error() != ErrorCode.NONE) {
      throw new AssertionError("join answered " + response);
    }
    memberId = response.memberId();
    generation = response.generationId();
    return response;
  }

  Answer<SyncGroupResponse> sync(Map<String, GroupBytes> assignments) {
    return test.ask(
        test.cluster.coordinatorOf(GROUP),
        caller,
        new SyncGroupRequest(GROUP, generation, memberId, instanceId, "", "", assignments),
        SyncGroupResponse.class);
  }

  Answer<SyncGroupResponse> sync() {
    return sync(Map.of());
  }

  ErrorCode heartbeat() {
    return test.ask(
            test.cluster.coordinatorOf(GROUP),
            caller,
            new HeartbeatRequest(GROUP, generation, memberId, instanceId),
            HeartbeatResponse.class)
        .get()
        .error();
  }

  /** Keeps its session alive and does not heed what the coordinator says. */
  void heartbeatAnyway() {
    if (heartbeat() != ErrorCode.REBALANCE_IN_PROGRESS) {
      throw new AssertionError("there is no rebalance");
    }
  }

  ErrorCode leave() {
    return test.ask(
            test.cluster.coordinatorOf(GROUP),
            caller,
            new LeaveGroupRequest(GROUP, List.of(new MemberIdentity(memberId, instanceId, ""))),
            LeaveGroupResponse.class)
        .get()
        .members()
        .get(0)
        .error();
  }

  ErrorCode commit(TopicPartition partition, long offset) {
    OffsetCommitRequest request =
        new OffsetCommitRequest(
            GROUP,
            generation,
            memberId,
            instanceId,
            Map.of(partition, new OffsetToCommit(offset, 0, "note")));
    OffsetCommitResponse response =
        test.ask(test.cluster.coordinatorOf(GROUP), caller, request, OffsetCommitResponse.class)
            .get();
    return Objects.requireNonNull(response.partitions().get(partition));
  }

  /** Brings the members into a stable group; the n-th gets partition n. The first leads. */
  static void stabilize(TestCluster test, TestMember... members) {
    List<Answer<JoinGroupResponse>> joins =
        java.util.Arrays.stream(members).map(TestMember::join).toList();
    while (joins.get(0).isPending()) {
      test.time.advanceMs(100);
    }
    finish(members, joins);
  }

  /** Takes the answers to the joins and syncs. */
  static void finish(TestMember[] members, List<Answer<JoinGroupResponse>> joins) {
    Map<String, GroupBytes> assignments = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i++) {
      members[i].joined(joins.get(i));
      assignments.put(members[i].memberId, assignment(new TopicPartition("orders", i)));
    }
    String leader = joins.get(0).get().leader();
    for (TestMember member : members) {
      member.sync(member.memberId.equals(leader) ? assignments : Map.of());
    }
  }

  /** An assignment as Kafka's consumers encode it. */
  static GroupBytes assignment(TopicPartition... partitions) {
    ByteBuffer buffer = ByteBuffer.allocate(1_000);
    buffer.putShort((short) 3).putInt(partitions.length);
    for (TopicPartition partition : partitions) {
      byte[] topic = partition.topic().getBytes(UTF_8);
      buffer.putShort((short) topic.length).put(topic).putInt(1).putInt(partition.partition());
    }
    buffer.putInt(-1);
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return GroupBytes.of(bytes);
  }
}
