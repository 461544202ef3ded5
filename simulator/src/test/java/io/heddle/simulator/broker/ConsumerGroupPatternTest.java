package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.AssignedMember.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse.DescribedGroup;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumerGroupPatternTest {
  private final TestCluster test = new TestCluster(ClusterSettings.defaults());
  private final Uuid orders = test.cluster.createTopic("orders", 3);

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  private AssignedMember member(String id) {
    return new AssignedMember(test, id);
  }

  private DescribedGroup described() {
    return test.get(
            new ConsumerGroupDescribeRequest(List.of(GROUP)), ConsumerGroupDescribeResponse.class)
        .groups()
        .get(0);
  }

  @Test
  void aPatternIsLookedUpBesideTheHeartbeat() {
    AssignedMember one = member("m1").onPattern("ord.*");

    assertThat(one.join().assignment()).contains(Map.of());
    test.time.advanceMs(1);
    one.beat();

    assertThat(one.owns(orders)).containsExactly(0, 1, 2);
  }

  @Test
  void aNewTopicForAPatternIsNoticedTenSecondsAfterTheLastLookUp() {
    AssignedMember one = member("m1").onPattern(".*");
    one.join();
    test.time.advanceMs(1);
    one.beat();
    Uuid later = test.cluster.createTopic("later", 1);

    test.time.advanceMs(10_000);
    one.beat();
    test.time.advanceMs(1);
    one.beat();

    assertThat(one.owns(later)).containsExactly(0);
  }

  @Test
  void anotherPatternBeginsNoEpochUntilItIsLookedUp() {
    AssignedMember one = member("m1").onPattern("ord.*");
    one.join();
    test.time.advanceMs(1);
    one.beat();
    int before = described().groupEpoch();

    // The last look-up was less than ten seconds ago.
    one.subscribePattern("x.*");
    test.time.advanceMs(1);
    assertThat(described().groupEpoch()).isEqualTo(before);

    test.time.advanceMs(10_000);
    one.beat();
    test.time.advanceMs(1);
    assertThat(described().groupEpoch()).isEqualTo(before + 1);
  }

  @Test
  void theEpochBeforeIsGoodEnoughWhilstOnlyATopicThatIsNotThereIsWanted() {
    AssignedMember one = member("m1").on("later");
    one.join();
    test.time.advanceMs(1_000);
    member("m2").on("much later").join();
    one.beat();
    assertThat(one.epoch).isEqualTo(3);

    one.subscribePattern("x.*");

    assertThat(one.ask(one.of(2, Map.of())).error()).isEqualTo(ErrorCode.NONE);
  }

  /** Kafka does not look again at who subscribes to what when a pattern is forgotten. */
  @Test
  void aPatternThatWentWithItsMemberLeavesTheGroupMixed() {
    test.cluster.createTopic("other", 1);
    AssignedMember one = member("Jjx9aAMUbEl8VCIY0Uz4pg");
    AssignedMember two = member("m2").onPattern("oth.*");
    one.join();
    two.join();
    AssignedMember.settle(test, one, two);
    two.leave(-1);
    test.time.advanceMs(1_000);

    AssignedMember three = member("7QTwR8nhN6sWdTa3seJeLg").onPattern("pay.*");
    three.join();
    AssignedMember.settle(test, one);

    assertThat(one.owns(orders)).containsExactly(0, 1, 2);
  }

  @Test
  void whatIsNoPatternIsRefused() {
    assertThat(member("m1").onPattern("(").join().error())
        .isEqualTo(ErrorCode.INVALID_REGULAR_EXPRESSION);
    assertThat(member("m1").onPattern("(?!a)b").join().error())
        .isEqualTo(ErrorCode.INVALID_REGULAR_EXPRESSION);
    assertThat(test.cluster.groups()).isEmpty();
  }
}
