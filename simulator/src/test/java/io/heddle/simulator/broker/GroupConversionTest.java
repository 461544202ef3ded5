package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.AssignedMember.GROUP;
import static io.heddle.simulator.broker.TestCluster.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.OffsetFetchResponse.FetchedOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups that change from one protocol to the other. */
class GroupConversionTest {
  private final TestCluster test = TestCluster.withOrders();

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  @Test
  void anEmptyClassicGroupBecomesAConsumerGroupAndKeepsItsOffsets() {
    test.commit(GROUP, P0, 7);

    new AssignedMember(test, "m1").join();

    assertThat(test.cluster.committedOffsets(GROUP)).containsKey(P0);
    assertThat(test.get(new ListGroupsRequest(), ListGroupsResponse.class).groups())
        .extracting(ListGroupsResponse.ListedGroup::type)
        .containsExactly("consumer");
  }

  @Test
  void anEmptyConsumerGroupBecomesAClassicGroup() {
    AssignedMember one = new AssignedMember(test, "m1");
    one.join();
    one.leave(-1);
    TestMember classic = new TestMember(test, "m2");

    TestMember.stabilize(test, classic);

    assertThat(test.cluster.describeGroup(GROUP).orElseThrow().state()).isEqualTo("Stable");
    assertThat(one.beat().error()).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }

  @Test
  void anEmptyConsumerGroupMakesWayForWhomItDoesNotKnow() {
    AssignedMember one = new AssignedMember(test, "m1");
    one.join();
    one.leave(-1);
    test.commit(GROUP, P0, 7);
    TestMember stranger = new TestMember(test, "m2");
    stranger.memberId = "stranger";

    assertThat(stranger.joinOnce().get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);

    assertThat(test.cluster.groups()).isEmpty();
    assertThat(fetched()).isEqualTo(-1);
    one.join();
    assertThat(fetched()).isEqualTo(7);
  }

  @Test
  void whatATransactionMayCommitIsUnstableEvenWhenItsGroupHasGone() {
    AssignedMember one = new AssignedMember(test, "m1");
    one.join();
    one.leave(-1);
    TestProducer producer = TestProducer.initialized(test, "tx");
    assertThat(producer.commitOffset(GROUP, -1, "", P0, 7)).isEqualTo(ErrorCode.NONE);
    TestMember stranger = new TestMember(test, "m2");
    stranger.memberId = "stranger";

    assertThat(stranger.joinOnce().get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);

    assertThat(fetched(true).error()).isEqualTo(ErrorCode.UNSTABLE_OFFSET_COMMIT);
    assertThat(fetched(false).error()).isEqualTo(ErrorCode.NONE);
    assertThat(producer.abort()).isEqualTo(ErrorCode.NONE);
    test.time.advanceMs(10);
    assertThat(fetched(true).error()).isEqualTo(ErrorCode.NONE);
  }

  private long fetched() {
    return fetched(false).offset();
  }

  private FetchedOffset fetched(boolean requireStable) {
    return Objects.requireNonNull(
        test.get(
                new OffsetFetchRequest(GROUP, "", -1, List.of(P0), false, requireStable),
                OffsetFetchResponse.class)
            .partitions()
            .get(P0));
  }

  @Test
  void mixedProtocolsAreRefusedByName() {
    new AssignedMember(test, "m1").join();

    assertThatThrownBy(() -> new TestMember(test, "m2").joinOnce())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("group.consumer.migration.policy");
  }

  @Test
  void mixedProtocolsAreRefusedAsKafkaDoesWithMigrationDisabled() {
    TestCluster strict =
        TestCluster.withOrders(
            ClusterSettings.defaults()
                .withGroups(
                    GroupSettings.defaults()
                        .withConsumer(
                            ConsumerGroupSettings.defaults()
                                .withMigration(ConsumerGroupSettings.Migration.DISABLED))));
    new AssignedMember(strict, "m1").join();

    assertThat(new TestMember(strict, "m2").joinOnce().get().error())
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }
}
