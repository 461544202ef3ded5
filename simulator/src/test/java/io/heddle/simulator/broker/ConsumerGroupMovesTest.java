package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.AssignedMember.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ErrorCode;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Consumer groups whose coordinator moves: all that a member was answered has been written. */
class ConsumerGroupMovesTest {
  private final TestCluster test = new TestCluster(ClusterSettings.defaults().withBrokers(2));
  private final Uuid orders = test.cluster.createTopic("orders", 4);
  private final AssignedMember one = new AssignedMember(test, "m1").givingUpWithin(20_000);
  private final AssignedMember two = new AssignedMember(test, "m2");

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  private void move(int loadMs) {
    int other = 1 - test.cluster.coordinatorOf(GROUP);
    test.cluster.operations().moveCoordinator(GROUP, other, loadMs);
  }

  @Test
  void membersKeepTheirEpochsAndPartitions() {
    one.join();
    two.join();
    AssignedMember.settle(test, one, two);
    int epoch = one.epoch;

    move(1_000);
    assertThat(one.beat().error()).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    test.time.advanceMs(1_000);

    assertThat(one.beat().error()).isEqualTo(ErrorCode.NONE);
    assertThat(one.epoch).isEqualTo(epoch);
    assertThat(two.beatOwning().error()).isEqualTo(ErrorCode.NONE);
    assertThat(one.owns(orders)).hasSize(2).doesNotContainAnyElementsOf(two.owns(orders));
  }

  @Test
  void whatIsBeingGivenUpIsStillAwaited() {
    one.join();
    test.time.advanceMs(1_000);
    two.join();
    one.beat();
    assertThat(two.beat().assignment()).isEmpty();

    move(0);
    test.time.advanceMs(1);

    assertThat(two.beat().assignment()).isEmpty();
    one.beatOwning();
    two.beat();
    assertThat(two.load()).isEqualTo(2);
  }

  @Test
  void theTimeToGiveUpBeginsAnew() {
    one.join();
    test.time.advanceMs(1_000);
    two.join();
    one.beat();
    test.time.advanceMs(15_000);

    move(0);
    test.time.advanceMs(1);
    test.time.advanceMs(15_000);
    assertThat(one.beat().error()).isEqualTo(ErrorCode.NONE);
    test.time.advanceMs(5_000);

    assertThat(one.beat().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void sessionsBeginAnew() {
    one.join();
    int sessionMs = GroupSettings.defaults().consumer().sessionTimeoutMs();
    test.time.advanceMs(sessionMs - 1);

    move(5_000);
    test.time.advanceMs(5_000 + sessionMs - 1);
    assertThat(test.cluster.describeGroup(GROUP)).get().matches(it -> it.members().size() == 1);
    test.time.advanceMs(1);

    assertThat(test.cluster.describeGroup(GROUP)).get().matches(it -> it.members().isEmpty());
  }

  @Test
  void aPatternThatWasBeingLookedUpIsLookedUpAgain() {
    one.onPattern("ord.*").join();
    assertThat(one.load()).isZero();

    move(0);
    test.time.advanceMs(1);
    one.beat();
    test.time.advanceMs(1_000);
    one.beat();

    assertThat(one.owns(orders)).containsExactly(0, 1, 2, 3);
  }
}
