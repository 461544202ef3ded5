package io.heddle.simulator.broker;

import io.heddle.simulator.history.Member;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * A group as its coordinator sees it, for checkers, tests and the story of a run that does not end.
 *
 * @param state Kafka's name for it, for example {@code Stable}
 * @param leader the leader's member id, or empty
 */
public record GroupView(
    String groupId,
    String state,
    int generation,
    String protocolType,
    String protocol,
    String leader,
    List<MemberView> members) {
  /**
   * A member of it.
   *
   * @param assigned what this generation gives it; empty where the group does not speak the
   *     consumer protocol
   * @param awaitingJoin whether the coordinator owes it the answer to a JoinGroup
   * @param awaitingSync whether the coordinator owes it the answer to a SyncGroup
   */
  public record MemberView(
      String memberId,
      Optional<String> groupInstanceId,
      Member member,
      List<TopicPartition> assigned,
      boolean awaitingJoin,
      boolean awaitingSync) {}
}
