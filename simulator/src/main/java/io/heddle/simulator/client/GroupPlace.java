package io.heddle.simulator.client;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** A member's place in a consumer group: its state, its epoch, and what others are told of them. */
final class GroupPlace {
  private static final int JOIN_EPOCH = 0;

  private final String groupId;
  private final String memberId;
  private final Optional<String> instanceId;
  private final GroupMetrics metrics;
  private MembershipState state = MembershipState.UNSUBSCRIBED;
  private int epoch = JOIN_EPOCH;
  private Generation commits = Generation.NONE;
  private Generation shown = Generation.NONE;

  GroupPlace(String groupId, String memberId, Optional<String> instanceId, GroupMetrics metrics) {
    this.groupId = groupId;
    this.memberId = memberId;
    this.instanceId = instanceId;
    this.metrics = metrics;
  }

  String groupId() {
    return groupId;
  }

  String memberId() {
    return memberId;
  }

  Optional<String> instanceId() {
    return instanceId;
  }

  MembershipState state() {
    return state;
  }

  void to(MembershipState next) {
    MembershipState before = state;
    state = before.to(next);
    metrics.moved(before, next);
  }

  /** A heartbeat was refused. */
  void refused() {
    metrics.refused();
  }

  int epoch() {
    return epoch;
  }

  /** Takes another epoch; one that is not above zero means that it is not in the group. */
  void epoch(int next) {
    if (next == epoch) {
      return;
    }
    epoch = next;
    commits = new Generation(next > 0 ? next : -1, memberId, "");
    if (next > 0) {
      // Whoever is put out of the group keeps what it has been told last.
      shown = commits;
    }
  }

  void resetEpoch() {
    epoch(JOIN_EPOCH);
  }

  /** What commits are sent with: no member id before the first epoch, and no epoch outside. */
  Generation commits() {
    return commits;
  }

  /** Whether the application is told that it is in the group. */
  boolean shownInside() {
    return shown.id() > 0;
  }

  ConsumerGroupMetadata metadata() {
    return new GroupMetadata(groupId, shown, instanceId);
  }

  /** The application has unsubscribed. */
  void forgetShown() {
    shown = Generation.NONE;
  }
}
