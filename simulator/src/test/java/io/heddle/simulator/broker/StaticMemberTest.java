package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static io.heddle.simulator.broker.TestMember.assignment;
import static io.heddle.simulator.broker.TestMember.protocol;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StaticMemberTest {
  private final TestCluster test = TestCluster.withOrders();
  private final TestMember one = new TestMember(test, "m1", Optional.of("i1"));
  private final TestMember two = new TestMember(test, "m2", Optional.of("i2"));

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  @Test
  void aStaticMemberNeedsNoSecondStep() {
    Answer<JoinGroupResponse> join = one.joinOnce();
    test.time.advanceMs(3_000);

    assertThat(one.joined(join).memberId()).startsWith("i1-");
  }

  @Test
  void itsReturnTakesItsPlaceAndItsPartitionsWithoutARebalance() {
    TestMember.stabilize(test, one, two);
    TestMember back = new TestMember(test, "m2b", Optional.of("i2"));

    JoinGroupResponse response = back.joined(back.joinOnce());

    assertThat(response.generationId()).isEqualTo(1);
    assertThat(response.skipAssignment()).isFalse();
    assertThat(response.leader()).isEqualTo(one.memberId);
    assertThat(back.sync().get().assignment()).isEqualTo(assignment(P1));
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.NONE);
    assertThat(two.heartbeat()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(two.commit(P1, 3)).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(test.time.facts(Fact.Lost.class))
        .containsExactly(
            new Fact.Lost(test.time.nanoTime(), new Member("m2", 1), List.of(P1), "fenced"));
    assertThat(test.time.facts(Fact.Replaced.class))
        .containsExactly(
            new Fact.Replaced(test.time.nanoTime(), new Member("m2", 1), new Member("m2b", 1), 1));
  }

  @Test
  void aLeaderThatReturnsLeadsAndSkipsTheAssignment() {
    TestMember.stabilize(test, one, two);
    TestMember back = new TestMember(test, "m1b", Optional.of("i1"));

    JoinGroupResponse response = back.joined(back.joinOnce());

    assertThat(response.skipAssignment()).isTrue();
    assertThat(response.leader()).isEqualTo(back.memberId);
    assertThat(response.members()).hasSize(2);
    assertThat(back.sync().get().assignment()).isEqualTo(assignment(P0));
  }

  @Test
  void aReturnThatChangesTheProtocolRebalances() {
    one.with(protocol("a", ""), protocol("b", ""));
    two.with(protocol("a", ""), protocol("b", ""));
    TestMember.stabilize(test, one, two);
    TestMember back = new TestMember(test, "m2b", Optional.of("i2")).with(protocol("b", ""));

    Answer<JoinGroupResponse> join = back.joinOnce();

    assertThat(join.isPending()).isTrue();
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    one.joined(one.joinOnce());
    assertThat(back.joined(join).protocolName()).isEqualTo("b");
  }

  @Test
  void aReturnDuringTheSyncRebalancesAndFencesWhoWaits() {
    Answer<JoinGroupResponse> join1 = one.joinOnce();
    Answer<JoinGroupResponse> join2 = two.joinOnce();
    test.time.advanceMs(6_000);
    one.joined(join1);
    two.joined(join2);
    Answer<SyncGroupResponse> sync2 = two.sync();

    new TestMember(test, "m2b", Optional.of("i2")).joinOnce();

    assertThat(sync2.get().error()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(one.sync(Map.of()).get().error()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @Test
  void aTwinThatJoinsFencesTheOneWhoseJoinWaits() {
    Answer<JoinGroupResponse> join = one.joinOnce();
    TestMember twin = new TestMember(test, "m1b", Optional.of("i1"));
    Answer<JoinGroupResponse> twinsJoin = twin.joinOnce();

    assertThat(join.get().error()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    test.time.advanceMs(6_000);
    assertThat(twin.joined(twinsJoin).members()).hasSize(1);
  }

  @Test
  void aStaticMemberThatDoesNotJoinAgainStaysUntilItsSessionEnds() {
    one.withTimeouts(30_000, 5_000);
    two.withTimeouts(30_000, 5_000);
    TestMember.stabilize(test, one, two);
    Answer<JoinGroupResponse> join = one.joinOnce();

    test.time.advanceMs(5_000);

    assertThat(one.joined(join).members()).hasSize(2);
    assertThat(test.time.facts(Fact.Lost.class)).isEmpty();
  }

  @Test
  void anOldIdThatNeverSyncedRebalancesTheGroupThoughItsSuccessorDid() {
    one.withTimeouts(30_000, 5_000);
    two.withTimeouts(30_000, 5_000);
    Answer<JoinGroupResponse> join1 = one.joinOnce();
    Answer<JoinGroupResponse> join2 = two.joinOnce();
    test.time.advanceMs(5_000);
    one.joined(join1);
    two.joined(join2);
    one.sync(Map.of(one.memberId, assignment(P0), two.memberId, assignment(P1)));
    TestMember back = new TestMember(test, "m2b", Optional.of("i2")).withTimeouts(30_000, 5_000);
    back.joined(back.joinOnce());
    assertThat(back.sync().get().assignment()).isEqualTo(assignment(P1));

    test.time.advanceMs(5_000);

    assertThat(view().members()).hasSize(2);
    assertThat(back.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @Test
  void whenNoStaticMemberIsBackTheRebalanceWaitsForTheirSessions() {
    one.withTimeouts(30_000, 5_000);
    TestMember.stabilize(test, one);
    test.cluster.forceRebalance(GROUP);

    test.time.advanceMs(12_000);
    assertThat(view().state()).isEqualTo("PreparingRebalance");
    test.time.advanceMs(18_000);

    assertThat(view().state()).isEqualTo("Empty");
    assertThat(test.time.facts(Fact.Lost.class))
        .extracting(Fact.Lost::reason)
        .containsExactly("session timeout");
  }

  private GroupView view() {
    return test.cluster.describeGroup(GROUP).orElseThrow();
  }
}
