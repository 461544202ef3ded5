package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestCluster.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class ConsistencyCheckTest {
  private final Timeline time = new Timeline();
  private final Topics topics = new Topics(new Brokers(1), TopicConfig.DEFAULT);
  private final GroupCoordinator coordinator =
      new GroupCoordinator(GroupSettings.defaults(), topics, group -> false, time);
  private final OffsetStore offsets = new OffsetStore();

  @Test
  void nothingIsWrongWithAClusterAtWork() {
    TestCluster test = TestCluster.withOrders();
    test.produce(P0, batch("a", "b"));
    TestMember.stabilize(test, new TestMember(test, "m1"), new TestMember(test, "m2"));

    test.cluster.checkConsistency();
  }

  @Test
  void aPartitionWithTwoOwnersInOneGenerationIsFound() {
    TestCluster test = TestCluster.withOrders();
    TestMember one = new TestMember(test, "m1");
    TestMember two = new TestMember(test, "m2");
    Answer<JoinGroupResponse> join1 = one.join();
    Answer<JoinGroupResponse> join2 = two.join();
    test.time.advanceMs(6_000);
    one.joined(join1);
    two.joined(join2);
    one.sync(
        Map.of(
            one.memberId, TestMember.assignment(P0, P1),
            two.memberId, TestMember.assignment(P1)));

    assertThatThrownBy(test.cluster::checkConsistency)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("orders-1 belongs to both")
        .hasMessageContaining("generation 1");
  }

  @Test
  void aTimerForNobodyIsFound() {
    coordinator.timers().start(GroupTimers.Key.session("g", "ghost"), 1, () -> {});

    assertThat(check().violations()).singleElement().asString().contains("ghost");
  }

  @Test
  void offsetsOfGroupsAndPartitionsThatDoNotExistAreFound() {
    offsets.put("g", P0, new OffsetToCommit(1, 0, ""));

    assertThat(check().violations()).hasSize(2);
  }

  @Test
  void aLogThatGoesBackIsFound() {
    Topic topic = topics.create("orders", Uuid.ONE_UUID, 1, 1, TopicConfig.DEFAULT, 0);
    PartitionLog log = topic.partitions().get(0).log();
    log.append(batch("a"), TopicConfig.DEFAULT, 1_000_000);
    // A new epoch that the partition does not know of: its records come from the future.
    log.beginEpoch(4);
    log.append(batch("b"), TopicConfig.DEFAULT, 1_000_000);

    assertThat(check().violations()).singleElement().asString().contains("to come");
  }

  @Test
  void aGroupInAnImpossibleStateIsFound() {
    ClassicGroup group = coordinator.groups().findOrCreate("g");
    group.transitionTo(GroupState.PREPARING_REBALANCE);
    group.transitionTo(GroupState.COMPLETING_REBALANCE);

    assertThat(check().violations()).singleElement().asString().contains("no members");
  }

  private ConsistencyCheck check() {
    return new ConsistencyCheck(topics, coordinator, offsets);
  }
}
