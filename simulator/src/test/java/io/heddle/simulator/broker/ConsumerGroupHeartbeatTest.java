package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.AssignedMember.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse.DescribedGroup;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumerGroupHeartbeatTest {
  private final TestCluster test = new TestCluster(ClusterSettings.defaults());
  private final Uuid orders = test.cluster.createTopic("orders", 3);

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  private AssignedMember member(String id) {
    return new AssignedMember(test, id);
  }

  private AssignedMember instance(String id, String instanceId) {
    return new AssignedMember(test, id, Optional.of(instanceId));
  }

  private DescribedGroup described() {
    return test.get(
            new ConsumerGroupDescribeRequest(List.of(GROUP)), ConsumerGroupDescribeResponse.class)
        .groups()
        .get(0);
  }

  @Test
  void theFirstMemberGetsEverythingAtOnce() {
    AssignedMember one = member("m1");

    ConsumerGroupHeartbeatResponse joined = one.join();

    assertThat(joined.error()).isEqualTo(ErrorCode.NONE);
    assertThat(joined.memberEpoch()).isEqualTo(2);
    assertThat(joined.heartbeatIntervalMs()).isEqualTo(5_000);
    assertThat(one.owns(orders)).containsExactly(0, 1, 2);
    assertThat(described().groupState()).isEqualTo("Stable");
  }

  @Test
  void aHeartbeatWithoutNewsIsToldNoAssignment() {
    AssignedMember one = member("m1");
    one.join();

    assertThat(one.beat().assignment()).isEmpty();
  }

  @Test
  void aPartitionIsGivenOnlyOnceItsOwnerHasLetGo() {
    AssignedMember one = member("m1");
    AssignedMember two = member("m2");
    one.join();
    test.time.advanceMs(1_000);

    two.join();
    assertThat(two.load()).isZero();
    assertThat(described().groupState()).isEqualTo("Reconciling");

    ConsumerGroupHeartbeatResponse told = one.beat();
    assertThat(told.assignment()).isPresent();
    assertThat(told.memberEpoch()).isEqualTo(2);
    assertThat(two.beat().assignment()).isEmpty();

    assertThat(one.beatOwning().memberEpoch()).isEqualTo(3);
    two.beat();
    assertThat(one.load() + two.load()).isEqualTo(3);
    assertThat(two.load()).isPositive();
    assertThat(described().groupState()).isEqualTo("Stable");
  }

  @Test
  void anAssignmentIsMadeASecondAfterTheLastAtTheEarliest() {
    AssignedMember one = member("m1");
    AssignedMember two = member("m2");
    one.join();
    test.time.advanceMs(999);
    two.join();

    assertThat(described().groupState()).isEqualTo("Assigning");
    assertThat(described().assignmentEpoch()).isEqualTo(2);

    test.time.advanceMs(1);
    two.beat();
    assertThat(described().assignmentEpoch()).isEqualTo(3);
  }

  @Test
  void whoDoesNotGiveUpInTimeIsRemoved() {
    AssignedMember one = member("m1").givingUpWithin(7_000);
    AssignedMember two = member("m2");
    one.join();
    test.time.advanceMs(1_000);
    two.join();
    one.beat();

    test.time.advanceMs(6_999);
    two.beat();
    assertThat(two.load()).isZero();
    test.time.advanceMs(1);

    assertThat(one.beat().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    two.beat();
    assertThat(two.load()).isEqualTo(3);
    assertThat(test.time.facts(Fact.Lost.class))
        .extracting(Fact.Lost::reason)
        .containsExactly("rebalance timeout");
  }

  @Test
  void whoIsNotHeardOfForItsSessionIsRemoved() {
    AssignedMember one = member("m1");
    one.join();

    test.time.advanceMs(44_999);
    assertThat(one.beat().error()).isEqualTo(ErrorCode.NONE);
    test.time.advanceMs(45_000);

    assertThat(one.beat().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(described().groupState()).isEqualTo("Empty");
    assertThat(test.time.facts(Fact.Lost.class)).hasSize(1);
  }

  @Test
  void theLastEpochWillDoWhileItsAnswerMayBeLost() {
    AssignedMember one = member("m1");
    AssignedMember two = member("m2");
    one.join();
    test.time.advanceMs(1_000);
    two.join();
    one.beat();
    Map<Uuid, List<Integer>> kept = one.owned;
    one.beatOwning();

    assertThat(one.ask(one.of(2, kept)).error()).isEqualTo(ErrorCode.NONE);
    assertThat(one.ask(one.of(2, Map.of(orders, List.of(0, 1, 2)))).error())
        .isEqualTo(ErrorCode.FENCED_MEMBER_EPOCH);
    assertThat(one.ask(one.of(1, Map.of())).error()).isEqualTo(ErrorCode.FENCED_MEMBER_EPOCH);
    assertThat(one.ask(one.of(4, Map.of())).error()).isEqualTo(ErrorCode.FENCED_MEMBER_EPOCH);
  }

  @Test
  void aMemberThatJoinsAgainIsToldAll() {
    AssignedMember one = member("m1");
    one.join();

    assertThat(one.join().assignment()).isPresent();
    assertThat(one.epoch).isEqualTo(2);
    assertThat(one.owns(orders)).containsExactly(0, 1, 2);
  }

  @Test
  void whoLeavesFreesItsPartitionsAtOnce() {
    AssignedMember one = member("m1");
    AssignedMember two = member("m2");
    one.join();
    two.join();
    AssignedMember.settle(test, one, two);

    assertThat(one.leave(-1).memberEpoch()).isEqualTo(-1);
    AssignedMember.settle(test, two);

    assertThat(two.owns(orders)).containsExactly(0, 1, 2);
    assertThat(one.leave(-1).error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void aStaticMemberComesBackUnderAnotherIdToWhatItHad() {
    AssignedMember one = instance("m1", "i1");
    AssignedMember two = member("m2");
    one.join();
    two.join();
    AssignedMember.settle(test, one, two);
    List<Integer> had = one.owns(orders);
    int epoch = described().groupEpoch();

    assertThat(one.leave(-2).memberEpoch()).isEqualTo(-2);
    test.time.advanceMs(2_000);
    AssignedMember again = instance("m3", "i1");
    again.join();

    assertThat(again.owns(orders)).isEqualTo(had);
    assertThat(described().groupEpoch()).isEqualTo(epoch);
    assertThat(one.beat().error()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
  }

  @Test
  void aStaticMemberThatStaysAwayIsRemoved() {
    AssignedMember one = instance("m1", "i1");
    one.join();
    one.leave(-2);

    test.time.advanceMs(45_000);

    assertThat(described().groupState()).isEqualTo("Empty");
    assertThat(one.beat().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void anInstanceThatIsInUseIsNotReleased() {
    instance("m1", "i1").join();

    assertThat(instance("m2", "i1").join().error()).isEqualTo(ErrorCode.UNRELEASED_INSTANCE_ID);
  }

  @Test
  void onlyAStaticMemberLeavesForAWhile() {
    AssignedMember one = member("m1");
    one.join();

    assertThat(one.leave(-2).error()).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void anUnknownAssignorIsRefused() {
    assertThat(member("m1").wanting("sticky").join().error())
        .isEqualTo(ErrorCode.UNSUPPORTED_ASSIGNOR);
    assertThat(member("m1").wanting("range").join().error()).isEqualTo(ErrorCode.NONE);
    assertThat(described().assignorName()).isEqualTo("range");
  }

  @Test
  void anAssignorThatAMemberIsTheFirstToWantWinsATie() {
    AssignedMember one = member("m1").wanting("uniform");
    one.join();
    test.time.advanceMs(1_000);
    AssignedMember two = member("m2").wanting("range");
    two.join();
    AssignedMember.settle(test, one, two);

    assertThat(one.owns(orders)).containsExactly(0, 1);
    assertThat(two.owns(orders)).containsExactly(2);
  }

  @Test
  void aFullGroupTakesNobody() {
    TestCluster small =
        TestCluster.withOrders(
            ClusterSettings.defaults()
                .withGroups(
                    GroupSettings.defaults()
                        .withConsumer(ConsumerGroupSettings.defaults().withMaxSize(1))));
    AssignedMember one = new AssignedMember(small, "m1");
    one.join();

    assertThat(new AssignedMember(small, "m2").join().error())
        .isEqualTo(ErrorCode.GROUP_MAX_SIZE_REACHED);
    assertThat(one.beat().error()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void newPartitionsAreNoticedWithTheNextHeartbeat() {
    AssignedMember one = member("m1").on("orders", "later");
    one.join();
    int before = described().groupEpoch();
    test.time.advanceMs(1_000);
    Uuid later = test.cluster.createTopic("later", 2);

    one.beat();

    assertThat(described().groupEpoch()).isEqualTo(before + 1);
    assertThat(one.owns(later)).containsExactly(0, 1);
  }

  @Test
  void aDeletedTopicIsTakenAway() {
    AssignedMember one = member("m1");
    one.join();
    test.time.advanceMs(1_000);
    test.cluster.deleteTopic("orders");

    one.beat();

    assertThat(one.load()).isZero();
  }

  @Test
  void aChangedSubscriptionTakesAwayAtOnceWhatIsNoLongerWanted() {
    Uuid other = test.cluster.createTopic("other", 2);
    AssignedMember one = member("m1").on("orders", "other");
    one.join();

    one.subscribe("other");

    assertThat(one.owned.keySet()).containsExactly(other);
  }

  @Test
  void aRequestThatJoinsHasToTellAll() {
    ConsumerGroupHeartbeatRequest empty =
        new ConsumerGroupHeartbeatRequest(
            GROUP,
            "m1",
            0,
            Optional.empty(),
            Optional.empty(),
            -1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(member("m1").ask(empty).error()).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void anUnknownGroupIsNotFound() {
    assertThat(member("m1").ask(member("m1").of(1, Map.of())).error())
        .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
    assertThat(described().error()).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }
}
