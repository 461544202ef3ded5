package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestCluster.P2;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static io.heddle.simulator.broker.TestMember.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest.MemberIdentity;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupRebalanceTest {
  private final TestCluster test = TestCluster.withOrders();
  private final TestMember one = new TestMember(test, "m1");
  private final TestMember two = new TestMember(test, "m2");
  private final TestMember three = new TestMember(test, "m3");

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  @Test
  void aNewMemberMakesTheOthersJoinAgain() {
    TestMember.stabilize(test, one, two);
    Answer<JoinGroupResponse> join3 = three.join();

    assertThat(one.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    Answer<JoinGroupResponse> join1 = one.join();
    assertThat(join1.isPending()).isTrue();
    Answer<JoinGroupResponse> join2 = two.join();

    TestMember.finish(new TestMember[] {one, two, three}, List.of(join1, join2, join3));
    assertThat(view().generation()).isEqualTo(2);
    assertThat(view().members())
        .extracting(GroupView.MemberView::assigned)
        .containsExactly(List.of(P0), List.of(P1), List.of(P2));
    assertThat(test.time.facts(Fact.Lost.class)).isEmpty();
  }

  @Test
  void aMemberThatLeavesMakesTheOthersJoinAgainAndLosesNothing() {
    TestMember.stabilize(test, one, two);

    assertThat(one.leave()).isEqualTo(ErrorCode.NONE);

    assertThat(two.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    JoinGroupResponse rejoined = two.joined(two.join());
    assertThat(rejoined.leader()).isEqualTo(two.memberId);
    assertThat(rejoined.members()).hasSize(1);
    assertThat(test.time.facts(Fact.Lost.class)).isEmpty();
  }

  @Test
  void theLastMemberThatLeavesLeavesAnEmptyGroupOfTheNextGeneration() {
    TestMember.stabilize(test, one);

    one.leave();

    assertThat(view()).isEqualTo(new GroupView(GROUP, "Empty", 2, "consumer", "", "", List.of()));
    assertThat(test.time.timers()).isZero();
  }

  @Test
  void whoIsNotHeardOfForASessionIsRemovedAndHasLostItsPartitions() {
    TestMember.stabilize(test, one, two);
    test.time.advanceMs(5_000);
    one.heartbeat();
    test.time.advanceMs(4_999);
    assertThat(view().members()).hasSize(2);

    test.time.advanceMs(1);

    assertThat(test.time.facts(Fact.Lost.class))
        .containsExactly(
            Fact.Lost.decided(
                test.time.nanoTime(), new Member("m2", 1), List.of(P1), "session timeout", 1));
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(two.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void whoIsRemovedBeforeItJoinsAgainHasLostWhatItWasGivingUpToo() {
    TestMember.stabilize(test, one, two);
    Answer<JoinGroupResponse> join1 = one.joinOnce();
    Answer<JoinGroupResponse> join2 = two.joinOnce();
    one.joined(join1);
    two.joined(join2);
    one.sync(
        Map.of(one.memberId, TestMember.assignment(P1), two.memberId, TestMember.assignment()));
    two.sync(Map.of());
    test.time.advanceMs(9_000);
    one.heartbeat();
    test.time.advanceMs(1_000);

    assertThat(test.time.facts(Fact.Lost.class))
        .extracting(Fact.Lost::member, Fact.Lost::partitions, Fact.Lost::generation)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(new Member("m2", 1), List.of(P1), 2));
  }

  @Test
  void heartbeatsAndCommitsKeepASessionAliveToo() {
    TestMember.stabilize(test, one, two);
    for (int i = 0; i < 5; i++) {
      test.time.advanceMs(9_000);
      assertThat(one.heartbeat()).isEqualTo(ErrorCode.NONE);
      assertThat(two.commit(P1, i)).isEqualTo(ErrorCode.NONE);
    }

    assertThat(view().members()).hasSize(2);
  }

  @Test
  void whoDoesNotJoinAgainInTimeIsRemoved() {
    TestMember.stabilize(test, one, two);
    Answer<JoinGroupResponse> join1 = one.joinOnce();
    for (int i = 0; i < 6; i++) {
      test.time.advanceMs(9_000);
      assertThat(join1.isPending()).isTrue();
      two.heartbeatAnyway();
    }
    test.time.advanceMs(5_999);
    assertThat(join1.isPending()).isTrue();
    test.time.advanceMs(1);

    assertThat(one.joined(join1).members()).hasSize(1);
    assertThat(test.time.facts(Fact.Lost.class))
        .extracting(Fact.Lost::member, Fact.Lost::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(new Member("m2", 1), "rebalance timeout"));
  }

  @Test
  void theLongestRebalanceTimeoutOfAllMembersCounts() {
    one.withTimeouts(30_000, 20_000);
    two.withTimeouts(30_000, 5_000);
    TestMember.stabilize(test, one, two);
    Answer<JoinGroupResponse> join2 = two.with(TestMember.protocol("range", "new")).joinOnce();

    test.time.advanceMs(19_999);
    assertThat(join2.isPending()).isTrue();
    test.time.advanceMs(1);

    assertThat(two.joined(join2).leader()).isEqualTo(two.memberId);
  }

  @Test
  void whoWaitsForTheOthersNeedsNoHeartbeat() {
    TestMember.stabilize(test, one, two);
    Answer<JoinGroupResponse> join1 = one.joinOnce();
    test.time.advanceMs(9_000);
    two.heartbeatAnyway();
    test.time.advanceMs(9_000);

    assertThat(join1.isPending()).isTrue();
    two.joined(two.joinOnce());
    assertThat(one.joined(join1).members()).hasSize(2);
  }

  @Test
  void whoDoesNotSyncInTimeIsRemoved() {
    one.withTimeouts(30_000, 5_000);
    two.withTimeouts(30_000, 5_000);
    Answer<JoinGroupResponse> join1 = one.join();
    Answer<JoinGroupResponse> join2 = two.join();
    test.time.advanceMs(5_000);
    one.joined(join1);
    two.joined(join2);
    Answer<SyncGroupResponse> sync2 = two.sync();

    test.time.advanceMs(5_000);

    assertThat(sync2.get().error()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(one.sync().get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(two.joined(two.joinOnce()).leader()).isEqualTo(two.memberId);
    // It was never told of an assignment, so it had nothing to lose.
    assertThat(test.time.facts(Fact.Lost.class)).isEmpty();
  }

  @Test
  void aFollowerThatNeverFetchesItsAssignmentIsRemovedFromAStableGroup() {
    one.withTimeouts(30_000, 5_000);
    two.withTimeouts(30_000, 5_000);
    Answer<JoinGroupResponse> join1 = one.join();
    Answer<JoinGroupResponse> join2 = two.join();
    test.time.advanceMs(5_000);
    one.joined(join1);
    two.joined(join2);
    one.sync(Map.of(one.memberId, assignment(P0), two.memberId, assignment(P1)));
    assertThat(view().state()).isEqualTo("Stable");

    test.time.advanceMs(5_000);

    assertThat(view().members()).hasSize(1);
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @Test
  void aRebalanceDuringTheSyncSendsTheWaitingMembersBack() {
    Answer<JoinGroupResponse> join1 = one.join();
    Answer<JoinGroupResponse> join2 = two.join();
    test.time.advanceMs(6_000);
    one.joined(join1);
    two.joined(join2);
    Answer<SyncGroupResponse> sync2 = two.sync();

    three.join();

    assertThat(sync2.get().error()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(one.sync().get().error()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @Test
  void aForcedRebalanceKeepsTheMembersAndTheirPartitions() {
    TestMember.stabilize(test, one, two);

    assertThat(test.cluster.forceRebalance(GROUP)).isTrue();

    assertThat(test.cluster.forceRebalance(GROUP)).isFalse();
    assertThat(test.cluster.forceRebalance("nobody")).isFalse();
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    Answer<JoinGroupResponse> join1 = one.joinOnce();
    two.joined(two.joinOnce());
    assertThat(one.joined(join1).generationId()).isEqualTo(2);
    assertThat(test.time.facts(Fact.Lost.class)).isEmpty();
  }

  @Test
  void anExpelledMemberIsUnknownAndHasLostItsPartitions() {
    TestMember.stabilize(test, one, two);

    assertThat(test.cluster.expireMember(GROUP, new Member("m1", 1))).isTrue();

    assertThat(test.cluster.expireMember(GROUP, new Member("m1", 1))).isFalse();
    assertThat(test.cluster.expireMember(GROUP, new Member("m2", 2))).isFalse();
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(one.commit(P0, 1)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(two.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(test.time.facts(Fact.Lost.class))
        .containsExactly(
            Fact.Lost.decided(test.time.nanoTime(), new Member("m1", 1), List.of(P0), "fenced", 1));
  }

  @Test
  void anExpelledMemberThatWaitsIsTold() {
    TestMember.stabilize(test, one, two);
    Answer<JoinGroupResponse> join = one.joinOnce();

    test.cluster.expireMember(GROUP, new Member("m1", 1));

    assertThat(join.get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void aMemberOfAnotherKindOfGroupLosesNothingThatWeCouldRead() {
    one.withProtocolType("connect");
    Answer<JoinGroupResponse> join = one.join();
    test.time.advanceMs(3_000);
    one.joined(join);
    one.sync(Map.of(one.memberId, io.heddle.simulator.protocol.GroupBytes.of(new byte[] {1})));

    test.time.advanceMs(10_000);

    assertThat(view().members()).isEmpty();
    assertThat(test.time.facts(Fact.Lost.class)).isEmpty();
  }

  @Test
  void anAdminTakesOutSeveralMembersAtOnce() {
    TestMember fixed = new TestMember(test, "m4", Optional.of("i4"));
    TestMember.stabilize(test, one, fixed);
    LeaveGroupResponse response =
        test.get(
            new LeaveGroupRequest(
                GROUP,
                List.of(
                    new MemberIdentity("", Optional.of("i4"), "admin"),
                    new MemberIdentity("stranger", Optional.empty(), "admin"),
                    new MemberIdentity(one.memberId, Optional.empty(), "admin"),
                    new MemberIdentity("", Optional.of("i5"), "admin"))),
            LeaveGroupResponse.class);

    assertThat(response.error()).isEqualTo(ErrorCode.NONE);
    assertThat(response.members())
        .extracting(LeaveGroupResponse.MemberResult::error)
        .containsExactly(
            ErrorCode.NONE,
            ErrorCode.UNKNOWN_MEMBER_ID,
            ErrorCode.NONE,
            ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(view().state()).isEqualTo("Empty");
    assertThat(test.time.facts(Fact.Lost.class))
        .extracting(Fact.Lost::reason)
        .containsExactly("removed", "removed");
  }

  @Test
  void anIdThatWasHandedOutCanLeave() {
    TestMember.stabilize(test, one);
    two.memberId = two.joinOnce().get().memberId();

    assertThat(two.leave()).isEqualTo(ErrorCode.NONE);

    assertThat(two.joinOnce().get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void leavingAGroupThatDoesNotExistIsLeavingAsAStranger() {
    one.memberId = "m";

    assertThat(one.leave()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  private GroupView view() {
    return test.cluster.describeGroup(GROUP).orElseThrow();
  }
}
