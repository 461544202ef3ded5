package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorRequest.KeyType;
import io.heddle.simulator.protocol.FindCoordinatorResponse;
import io.heddle.simulator.protocol.JoinGroupResponse;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CoordinatorMovesTest {
  private static final String GROUP = TestMember.GROUP;

  private final TestCluster test =
      TestCluster.withOrders(
          ClusterSettings.defaults()
              .withBrokers(2)
              .withGroups(GroupSettings.defaults().withInitialRebalanceDelayMs(0)));
  private final BrokerOperations operations = test.cluster.operations();
  private final TestMember one = new TestMember(test, "one");
  private final TestMember two = new TestMember(test, "two");

  private int other() {
    return 1 - test.cluster.coordinatorOf(GROUP);
  }

  private void stable() {
    settles(one.join(), P0);
  }

  /** The one member of a generation gets the partition. */
  private void settles(Answer<JoinGroupResponse> joining, TopicPartition partition) {
    test.time.advanceMs(1);
    one.joined(joining);
    var synced = one.sync(Map.of(one.memberId, TestMember.assignment(partition))).get();
    assertThat(synced.error()).isEqualTo(ErrorCode.NONE);
  }

  private FindCoordinatorResponse find(int broker) {
    return test.ask(
            broker,
            TestCluster.ADMIN,
            new FindCoordinatorRequest(KeyType.GROUP, GROUP),
            FindCoordinatorResponse.class)
        .get();
  }

  @Test
  void aStableGroupGoesOnAtItsNewCoordinatorOnceThatHasLoaded() {
    stable();
    assertThat(one.commit(P0, 5)).isEqualTo(ErrorCode.NONE);
    int before = test.cluster.coordinatorOf(GROUP);

    operations.moveCoordinator(GROUP, other(), 1_000);

    assertThat(find(0).nodeId()).isEqualTo(1 - before);
    assertThat(one.commit(P0, 6)).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    // It cannot know yet who is a member.
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.NONE);
    test.time.advanceMs(1_000);
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.NONE);
    assertThat(one.commit(P0, 6)).isEqualTo(ErrorCode.NONE);
    assertThat(test.cluster.describeGroup(GROUP)).get().matches(it -> it.members().size() == 1);
    test.cluster.checkConsistency();
  }

  @Test
  void theOldCoordinatorSaysThatItIsNone() {
    stable();
    int before = test.cluster.coordinatorOf(GROUP);
    operations.moveCoordinator(GROUP, other(), 0);
    test.time.advanceMs(1);

    var refused =
        test.ask(
                before,
                TestCluster.ADMIN,
                test.commitRequest(GROUP, -1, "", P0, 1),
                io.heddle.simulator.protocol.OffsetCommitResponse.class)
            .get();

    assertThat(refused.partitions().get(P0)).isEqualTo(ErrorCode.NOT_COORDINATOR);
  }

  @Test
  void joinsThatWaitAndIdsHandedOutAreLost() {
    stable();
    Answer<JoinGroupResponse> joining = two.join();
    assertThat(joining.isPending()).isTrue();

    operations.moveCoordinator(GROUP, other(), 0);

    assertThat(joining.get().error()).isEqualTo(ErrorCode.NOT_COORDINATOR);
    test.time.advanceMs(1);
    // The generation that was written last goes on as if nothing had been.
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.NONE);
    assertThat(two.joinOnce().get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void aGenerationThatWasNotWrittenIsUnknown() {
    stable();
    Answer<JoinGroupResponse> second = two.join();
    Answer<JoinGroupResponse> again = one.joinOnce();
    test.time.advanceMs(1);
    int written = one.generation;
    one.joined(again);
    two.joined(second);
    assertThat(one.generation).isEqualTo(written + 1);

    operations.moveCoordinator(GROUP, other(), 0);
    test.time.advanceMs(1);

    assertThat(one.heartbeat()).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    assertThat(two.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    test.cluster.checkConsistency();
  }

  @Test
  void aRemovalThatWasNotWrittenIsUnknown() {
    stable();
    Answer<JoinGroupResponse> second = two.join();
    test.time.advanceMs(TestMember.SESSION_MS);
    two.joined(second);
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(test.time.facts(Fact.Lost.class)).hasSize(1);
    assertThat(test.time.facts(Fact.Regained.class)).isEmpty();

    operations.moveCoordinator(GROUP, other(), 0);
    test.time.advanceMs(1);

    assertThat(one.commit(P0, 5)).isEqualTo(ErrorCode.NONE);
    assertThat(test.time.facts(Fact.Regained.class))
        .singleElement()
        .matches(it -> it.member().name().equals("one") && it.partitions().equals(List.of(P0)));
  }

  @Test
  void aMemberHasBackWhatItWasGivingUpToo() {
    stable();
    settles(one.joinOnce(), P1);
    Answer<JoinGroupResponse> second = two.join();
    test.time.advanceMs(TestMember.SESSION_MS);
    two.joined(second);
    assertThat(test.time.facts(Fact.Lost.class)).hasSize(1);

    operations.moveCoordinator(GROUP, other(), 0);
    test.time.advanceMs(1);

    // A cooperative member commits what it gives up when it is told to, as one of its group.
    assertThat(one.commit(P0, 5)).isEqualTo(ErrorCode.NONE);
    assertThat(test.time.facts(Fact.Regained.class))
        .singleElement()
        .extracting(Fact.Regained::partitions)
        .isEqualTo(List.of(P1, P0));
  }

  @Test
  void aMemberGoesOnGivingUpWhatItHadWhoeverCoordinates() {
    stable();
    settles(one.joinOnce(), P1);

    operations.moveCoordinator(GROUP, other(), 0);
    test.time.advanceMs(1 + TestMember.SESSION_MS);

    assertThat(test.time.facts(Fact.Lost.class))
        .singleElement()
        .extracting(Fact.Lost::partitions)
        .isEqualTo(List.of(P1, P0));
  }

  @Test
  void sessionsBeginAnewAtTheNewCoordinator() {
    stable();
    test.time.advanceMs(TestMember.SESSION_MS - 1);

    operations.moveCoordinator(GROUP, other(), 5_000);
    test.time.advanceMs(5_000 + TestMember.SESSION_MS - 1);
    assertThat(test.cluster.describeGroup(GROUP)).get().matches(it -> it.members().size() == 1);
    test.time.advanceMs(1);

    assertThat(test.cluster.describeGroup(GROUP)).get().matches(it -> it.members().isEmpty());
  }

  @Test
  void nobodyCoordinatesWhileBothBrokersAreAway() {
    operations.shutDownBroker(test.cluster.coordinatorOf(GROUP));
    int left = test.cluster.coordinatorOf(GROUP);
    assertThat(find(left).error()).isEqualTo(ErrorCode.NONE);
    TestCluster single = TestCluster.withOrders();
    single.cluster.operations().shutDownBroker(0);

    assertThat(single.cluster.coordinatorOf(GROUP)).isEqualTo(-1);
    single.cluster.operations().startBroker(0);
    single.time.advanceMs(50);
    assertThat(single.cluster.coordinatorOf(GROUP)).isZero();
    assertThat(single.commit(GROUP, P0, 1).partitions().get(P0)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void aCrashedCoordinatorIsReplacedAfterItsSession() {
    stable();
    int crashed = test.cluster.coordinatorOf(GROUP);
    operations.crashBroker(crashed);
    assertThat(test.cluster.coordinatorOf(GROUP)).isEqualTo(crashed);

    test.time.advanceMs(9_000 + 50);

    assertThat(test.cluster.coordinatorOf(GROUP)).isEqualTo(1 - crashed);
    assertThat(one.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void aCoordinatorThatCrashesWhileItLoadsDoesNotLoad() {
    TestProducer producer = new TestProducer(test, "producer");
    producer.init(60_000);
    producer.send(P0, "a");
    int next = 1 - operations.transactionCoordinatorOf("producer");
    operations.moveTransactionCoordinator("producer", next, 1_000);
    test.time.advanceMs(500);

    operations.crashBroker(next);
    test.time.advanceMs(9_500);
    // One timer, of the coordinator that is left; that of the crashed one would strike again.
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);
    test.time.advanceMs(80_000);

    assertThat(test.cluster.transactionState("producer")).contains("CompleteCommit");
    test.cluster.checkConsistency();
  }

  @Test
  void aCoordinatorThatIsGoneUnnoticedDoesNotLoad() {
    TestProducer producer = new TestProducer(test, "producer");
    producer.init(60_000);
    producer.send(P0, "a");
    int first = operations.transactionCoordinatorOf("producer");
    operations.crashBroker(first);
    test.time.advanceMs(5_000);
    operations.crashBroker(1 - first);
    // Now the second one is to take over, which nobody misses yet.
    test.time.advanceMs(4_500);
    operations.startBroker(first);
    test.time.advanceMs(5_000);

    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);
    test.time.advanceMs(80_000);

    assertThat(test.cluster.transactionState("producer")).contains("CompleteCommit");
  }

  @Test
  void aTransactionEndsAtItsNewCoordinator() {
    TestProducer producer = new TestProducer(test, "producer");
    producer.init(60_000);
    producer.send(P0, "a");
    int next = 1 - operations.transactionCoordinatorOf("producer");

    operations.moveTransactionCoordinator("producer", next, 1_000);
    test.time.advanceMs(1_000);
    test.time.advanceMs(80_000);

    // Nobody asked for its end: the new coordinator times it out.
    assertThat(test.cluster.transactionState("producer")).contains("CompleteAbort");
    test.cluster.checkConsistency();
  }

  @Test
  void markersThatHadNotArrivedAreSentAgain() {
    TestProducer producer = new TestProducer(test, "producer");
    producer.init(60_000);
    producer.send(P0, "a");
    operations.delayMarkers(partition -> 5_000_000_000L);
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);
    int next = 1 - operations.transactionCoordinatorOf("producer");
    operations.delayMarkers(partition -> 0);

    operations.moveTransactionCoordinator("producer", next, 100);
    test.time.advanceMs(200);

    assertThat(test.cluster.transactionState("producer")).contains("CompleteCommit");
    assertThat(test.cluster.endOffset(P0)).isEqualTo(2);
    test.time.advanceMs(10_000);
    assertThat(test.cluster.endOffset(P0)).isEqualTo(2);
  }

  @Test
  void aMarkerThatHangsHoldsReadersUpUntilItIsReleased() {
    TestProducer producer = new TestProducer(test, "producer");
    producer.init(60_000);
    producer.send(P0, "a");
    operations.delayMarkers(partition -> Long.MAX_VALUE);
    producer.commit();
    test.time.advanceMs(100_000);
    assertThat(test.cluster.lastStableOffset(P0)).isZero();

    operations.releaseMarkers();
    test.time.advanceMs(10);

    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(2);
  }
}
