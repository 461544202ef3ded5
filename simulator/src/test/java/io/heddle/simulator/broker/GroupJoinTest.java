package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestCluster.P2;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static io.heddle.simulator.broker.TestMember.assignment;
import static io.heddle.simulator.broker.TestMember.protocol;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupJoinTest {
  private final TestCluster test = TestCluster.withOrders();
  private final TestMember one = new TestMember(test, "m1");
  private final TestMember two = new TestMember(test, "m2");
  private final TestMember three = new TestMember(test, "m3");

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  @Test
  void aNewMemberIsToldItsIdFirstAndJoinsWithIt() {
    JoinGroupResponse first = one.joinOnce().get();

    assertThat(first.error()).isEqualTo(ErrorCode.MEMBER_ID_REQUIRED);
    assertThat(first.memberId()).isEqualTo("client-m1-uuid2");
    one.memberId = first.memberId();
    assertThat(one.joinOnce().isPending()).isTrue();
  }

  @Test
  void threeMembersJoinSyncAndBeat() {
    Answer<JoinGroupResponse> join1 = one.join();
    Answer<JoinGroupResponse> join2 = two.join();
    Answer<JoinGroupResponse> join3 = three.join();
    test.time.advanceMs(6_000);

    assertThat(one.joined(join1).members())
        .extracting(JoinGroupResponse.Member::memberId)
        .containsExactly(one.memberId, two.memberId, three.memberId);
    assertThat(two.joined(join2))
        .isEqualTo(
            new JoinGroupResponse(
                ErrorCode.NONE,
                1,
                "consumer",
                "range",
                one.memberId,
                false,
                two.memberId,
                List.of()));
    three.joined(join3);
    assertThat(state()).isEqualTo("CompletingRebalance");

    Answer<SyncGroupResponse> sync2 = two.sync();
    assertThat(sync2.isPending()).isTrue();
    Answer<SyncGroupResponse> sync1 =
        one.sync(Map.of(one.memberId, assignment(P0, P1), two.memberId, assignment(P2)));
    assertThat(sync1.get())
        .isEqualTo(new SyncGroupResponse(ErrorCode.NONE, "consumer", "range", assignment(P0, P1)));
    assertThat(sync2.get().assignment()).isEqualTo(assignment(P2));
    // The leader left the third one out and it is late.
    assertThat(three.sync().get().assignment().size()).isZero();

    assertThat(state()).isEqualTo("Stable");
    assertThat(List.of(one.heartbeat(), two.heartbeat(), three.heartbeat()))
        .containsOnly(ErrorCode.NONE);
    assertThat(view().members())
        .extracting(GroupView.MemberView::assigned)
        .containsExactly(List.of(P0, P1), List.of(P2), List.of());
  }

  @Test
  void anIdThatNobodyJoinsWithExpires() {
    one.memberId = one.joinOnce().get().memberId();

    test.time.advanceMs(TestMember.SESSION_MS);

    assertThat(one.joinOnce().get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(test.time.timers()).isZero();
  }

  @Test
  void aRebalanceWaitsForAnIdThatWasHandedOut() {
    TestMember.stabilize(test, one);
    two.memberId = two.joinOnce().get().memberId();
    Answer<JoinGroupResponse> again = one.join();

    assertThat(again.isPending()).isTrue();
    one.joined(answered(again, TestMember.SESSION_MS));
    assertThat(view().members()).hasSize(1);
  }

  @Test
  void theFirstRebalanceWaitsForItsDelay() {
    Answer<JoinGroupResponse> join = one.join();

    test.time.advanceMs(2_999);
    assertThat(join.isPending()).isTrue();
    test.time.advanceMs(1);

    assertThat(one.joined(join).generationId()).isEqualTo(1);
  }

  @Test
  void eachNewMemberProlongsTheDelayUpToTheRebalanceTimeout() {
    one.withTimeouts(10_000, 7_000);
    Answer<JoinGroupResponse> join1 = one.join();
    test.time.advanceMs(2_000);
    two.withTimeouts(10_000, 7_000).join();
    test.time.advanceMs(3_000);
    three.withTimeouts(10_000, 7_000).join();

    test.time.advanceMs(1_999); // 3 s, 3 s more, and 1 s that was left of the 7
    assertThat(join1.isPending()).isTrue();
    test.time.advanceMs(1);

    assertThat(one.joined(join1).members()).hasSize(3);
  }

  @Test
  void withoutADelayTheFirstMemberIsAGenerationOfItsOwn() {
    TestCluster eager =
        TestCluster.withOrders(
            ClusterSettings.defaults()
                .withGroups(GroupSettings.defaults().withInitialRebalanceDelayMs(0)));
    TestMember alone = new TestMember(eager, "m1");
    Answer<JoinGroupResponse> join = alone.join();

    eager.time.advanceMs(0);

    assertThat(alone.joined(join).generationId()).isEqualTo(1);
  }

  @Test
  void theProtocolThatAllSupportWinsByVotes() {
    one.with(protocol("a", ""), protocol("b", ""), protocol("c", ""));
    two.with(protocol("c", ""), protocol("b", ""));
    three.with(protocol("b", ""), protocol("c", ""), protocol("a", ""));

    TestMember.stabilize(test, one, two, three);

    // 'a' is not for two; one and three vote for b.
    assertThat(view().protocol()).isEqualTo("b");
  }

  @Test
  void ofProtocolsWithAsManyVotesTheFirstOfKafkasHashTableWins() {
    one.with(protocol("roundrobin", ""), protocol("sticky", ""));
    two.with(protocol("sticky", ""), protocol("roundrobin", ""));

    TestMember.stabilize(test, one, two);

    assertThat(view().protocol()).isEqualTo("sticky");
  }

  @Test
  void aMemberThatSharesNoProtocolWithTheOthersIsRefused() {
    TestMember.stabilize(test, one);

    assertThat(two.with(protocol("sticky", "")).joinOnce().get().error())
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(three.withProtocolType("connect").joinOnce().get().error())
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void aMemberWithoutProtocolsIsRefusedByAnEmptyGroupToo() {
    assertThat(one.with().joinOnce().get().error())
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void sessionTimeoutsOutOfBoundsAreRefused() {
    assertThat(one.withTimeouts(5_999, 1).joinOnce().get().error())
        .isEqualTo(ErrorCode.INVALID_SESSION_TIMEOUT);
    assertThat(one.withTimeouts(1_800_001, 1).joinOnce().get().error())
        .isEqualTo(ErrorCode.INVALID_SESSION_TIMEOUT);
    assertThat(test.cluster.groups()).isEmpty();
  }

  @Test
  void anEmptyGroupIdAndAnUnknownMemberAreRefused() {
    JoinGroupRequest nameless =
        new JoinGroupRequest("", 10_000, 1, "", Optional.empty(), "consumer", List.of(), "");
    assertThat(test.get(nameless, JoinGroupResponse.class).error())
        .isEqualTo(ErrorCode.INVALID_GROUP_ID);
    one.memberId = "stranger";
    assertThat(one.joinOnce().get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void aFullGroupTurnsNewMembersAway() {
    TestCluster small =
        TestCluster.withOrders(
            ClusterSettings.defaults().withGroups(GroupSettings.defaults().withMaxSize(1)));
    TestMember first = new TestMember(small, "m1");
    TestMember.stabilize(small, first);

    assertThat(new TestMember(small, "m2").joinOnce().get().error())
        .isEqualTo(ErrorCode.GROUP_MAX_SIZE_REACHED);
    assertThat(first.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void aFollowerThatJoinsAgainUnchangedIsToldOfItsGeneration() {
    TestMember.stabilize(test, one, two);

    JoinGroupResponse again = two.joinOnce().get();

    assertThat(again.generationId()).isEqualTo(1);
    assertThat(again.members()).isEmpty();
    assertThat(state()).isEqualTo("Stable");
  }

  @Test
  void aMemberThatMissedItsAnswerGetsItAgainBeforeTheSync() {
    Answer<JoinGroupResponse> join = one.join();
    test.time.advanceMs(3_000);
    one.joined(join);

    assertThat(one.joinOnce().get()).isEqualTo(join.get());
  }

  @Test
  void aLeaderThatJoinsAgainRebalancesTheGroup() {
    TestMember.stabilize(test, one, two);

    Answer<JoinGroupResponse> again = one.joinOnce();

    assertThat(again.isPending()).isTrue();
    assertThat(two.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    two.joined(two.joinOnce());
    assertThat(one.joined(again).generationId()).isEqualTo(2);
  }

  @Test
  void aMemberWithNewMetadataRebalancesTheGroup() {
    TestMember.stabilize(test, one, two);

    assertThat(two.with(protocol("range", "other")).joinOnce().isPending()).isTrue();
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @Test
  void onlyTheCoordinatorAnswers() {
    TestCluster three = TestCluster.withOrders(ClusterSettings.defaults().withBrokers(3));
    int coordinator = three.cluster.coordinatorOf(GROUP);
    // "g".hashCode() is 103; 103 % 50 = 3, the fourth partition of the offsets topic.
    assertThat(coordinator).isZero();

    JoinGroupRequest join =
        new JoinGroupRequest(
            GROUP, 10_000, 1, "", Optional.empty(), "consumer", List.of(protocol("r", "")), "");
    assertThat(three.ask(1, TestCluster.ADMIN, join, JoinGroupResponse.class).get().error())
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
  }

  private Answer<JoinGroupResponse> answered(Answer<JoinGroupResponse> answer, long afterMs) {
    test.time.advanceMs(afterMs);
    return answer;
  }

  private String state() {
    return view().state();
  }

  private GroupView view() {
    return test.cluster.describeGroup(GROUP).orElseThrow();
  }
}
