package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.HeartbeatResponse;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.List;
import java.util.Optional;

/** Somebody who takes part in a group, and what the answers have told it. */
final class Actor {
  /** How far it has come. */
  enum Stage {
    OUT,
    HAS_ID,
    JOINING,
    JOINED,
    SYNCING,
    STABLE
  }

  private final String groupId;
  private final Optional<String> instanceId;
  private final Caller caller;
  private final String protocolType;
  private Stage stage = Stage.OUT;
  private String memberId = "";
  private int generation = -1;
  private String protocol = "";
  private List<String> others = List.of();
  private boolean leads;
  private int lastJoin = -1;
  private int lastSync = -1;

  Actor(int index, String groupId, Optional<String> instanceId, String protocolType) {
    this.groupId = groupId;
    this.instanceId = instanceId;
    this.protocolType = protocolType;
    String name = "c" + index;
    this.caller = new Caller(new Member(name, 1), name, KafkaContext.HOST);
  }

  String groupId() {
    return groupId;
  }

  Optional<String> instanceId() {
    return instanceId;
  }

  Caller caller() {
    return caller;
  }

  String protocolType() {
    return protocolType;
  }

  Stage stage() {
    return stage;
  }

  String memberId() {
    return memberId;
  }

  int generation() {
    return generation;
  }

  String protocol() {
    return protocol;
  }

  /** The members as the leader was told of them; empty for others. */
  List<String> members() {
    return others;
  }

  boolean leads() {
    return leads;
  }

  void joining(int number) {
    lastJoin = number;
    stage = Stage.JOINING;
  }

  void syncing(int number) {
    lastSync = number;
    stage = Stage.SYNCING;
  }

  /** It has left, or forgets that it was in the group. */
  void forget() {
    stage = Stage.OUT;
    memberId = "";
    generation = -1;
  }

  void answered(int number, Response response) {
    if (response instanceof JoinGroupResponse joined && number == lastJoin) {
      joined(joined);
    } else if (response instanceof SyncGroupResponse synced && number == lastSync) {
      synced(synced.error());
    } else if (response instanceof HeartbeatResponse heard) {
      heard(heard.error());
    }
  }

  private void joined(JoinGroupResponse response) {
    switch (response.error()) {
      case NONE -> {
        memberId = response.memberId();
        generation = response.generationId();
        protocol = response.protocolName();
        leads = response.leader().equals(memberId);
        others = response.members().stream().map(JoinGroupResponse.Member::memberId).toList();
        stage = Stage.JOINED;
      }
      case MEMBER_ID_REQUIRED -> {
        memberId = response.memberId();
        stage = Stage.HAS_ID;
      }
      case UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, UNKNOWN_SERVER_ERROR, GROUP_MAX_SIZE_REACHED ->
          forget();
      default -> stage = memberId.isEmpty() ? Stage.OUT : Stage.HAS_ID;
    }
  }

  private void synced(ErrorCode error) {
    switch (error) {
      case NONE -> stage = Stage.STABLE;
      case UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID -> forget();
      default -> stage = Stage.HAS_ID;
    }
  }

  private void heard(ErrorCode error) {
    if (stage == Stage.STABLE && error == ErrorCode.REBALANCE_IN_PROGRESS) {
      stage = Stage.HAS_ID;
    } else if (stage == Stage.STABLE && error == ErrorCode.UNKNOWN_MEMBER_ID) {
      forget();
    }
  }
}
