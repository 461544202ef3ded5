package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static io.heddle.simulator.broker.TestMember.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DeleteGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.DescribeGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsResponse.DescribedGroup;
import io.heddle.simulator.protocol.DescribeGroupsResponse.DescribedMember;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorResponse;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.ListGroupsResponse.ListedGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupAdministrationTest {
  private final TestCluster test = TestCluster.withOrders();
  private final TestMember one = new TestMember(test, "m1");

  @Test
  void aStableGroupIsDescribedWithProtocolAndSubscriptions() {
    TestMember.stabilize(test, one);

    assertThat(describe(GROUP))
        .isEqualTo(
            new DescribedGroup(
                ErrorCode.NONE,
                GROUP,
                "Stable",
                "consumer",
                "range",
                List.of(
                    new DescribedMember(
                        one.memberId,
                        Optional.empty(),
                        "client-m1",
                        "/10.0.0.1",
                        TestMember.protocol("range", "s").metadata(),
                        assignment(P0)))));
  }

  @Test
  void aRebalancingGroupIsDescribedWithoutThem() {
    TestMember.stabilize(test, one);
    test.cluster.forceRebalance(GROUP);

    DescribedGroup group = describe(GROUP);

    assertThat(group.state()).isEqualTo("PreparingRebalance");
    assertThat(group.protocol()).isEmpty();
    assertThat(group.members().get(0).metadata().size()).isZero();
  }

  @Test
  void anUnknownGroupIsDead() {
    assertThat(describe("nobody"))
        .extracting(DescribedGroup::error, DescribedGroup::state)
        .containsExactly(ErrorCode.GROUP_ID_NOT_FOUND, "Dead");
  }

  @Test
  void groupsAreListedByTheirCoordinator() {
    TestMember.stabilize(test, one);
    test.commit("simple", P0, 1);

    assertThat(test.get(new ListGroupsRequest(), ListGroupsResponse.class).groups())
        .containsExactly(
            new ListedGroup(GROUP, "consumer", "Stable", "classic"),
            new ListedGroup("simple", "", "Empty", "classic"));
  }

  @Test
  void onlyAnEmptyGroupIsDeletedAndItsOffsetsWithIt() {
    TestMember.stabilize(test, one);
    test.commit("simple", P0, 1);

    DeleteGroupsResponse response =
        test.get(
            new DeleteGroupsRequest(List.of(GROUP, "simple", "nobody")),
            DeleteGroupsResponse.class);

    assertThat(response.groups())
        .containsExactly(
            Map.entry(GROUP, ErrorCode.NON_EMPTY_GROUP),
            Map.entry("simple", ErrorCode.NONE),
            Map.entry("nobody", ErrorCode.GROUP_ID_NOT_FOUND));
    assertThat(test.cluster.groups()).containsExactly(GROUP);
    assertThat(test.cluster.committedOffsets("simple")).isEmpty();
    test.cluster.checkConsistency();
  }

  @Test
  void anIdThatWasHandedOutDiesWithItsGroup() {
    one.memberId = one.joinOnce().get().memberId();

    test.get(new DeleteGroupsRequest(List.of(GROUP)), DeleteGroupsResponse.class);

    assertThat(test.time.timers()).isZero();
    assertThat(one.joinOnce().get().error()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void everyBrokerKnowsTheCoordinator() {
    TestCluster three = TestCluster.withOrders(ClusterSettings.defaults().withBrokers(3));

    for (int broker = 0; broker < 3; broker++) {
      // "payments".hashCode() is 1382682413, and 13 is left when 50 divides it.
      assertThat(
              three
                  .ask(
                      broker,
                      TestCluster.ADMIN,
                      new FindCoordinatorRequest("payments"),
                      FindCoordinatorResponse.class)
                  .get())
          .isEqualTo(new FindCoordinatorResponse(ErrorCode.NONE, 1));
    }
  }

  private DescribedGroup describe(String group) {
    return test.get(new DescribeGroupsRequest(List.of(group)), DescribeGroupsResponse.class)
        .groups()
        .get(0);
  }
}
