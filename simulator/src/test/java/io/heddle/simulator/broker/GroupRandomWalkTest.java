package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static io.heddle.simulator.broker.TestMember.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DeleteGroupsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.JoinGroupResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that do anything at any time: the brokers must stay consistent, and come to rest. */
class GroupRandomWalkTest {
  private static final int STEPS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void brokersStayConsistentAndComeToRest(long seed) {
    Walk walk = new Walk(seed);
    for (int i = 0; i < STEPS; i++) {
      walk.step();
      walk.test.cluster.checkConsistency();
    }

    walk.test.time.advanceMs(3_600_000);

    assertThat(walk.test.time.timers()).isZero();
    assertThat(walk.test.cluster.describeGroup(GROUP).map(GroupView::state).orElse("Empty"))
        .isEqualTo("Empty");
    assertThat(walk.generations).as("generations that came about").isGreaterThan(5);
  }

  @Test
  void theSameStepsHaveTheSameHistory() {
    assertThat(history(42)).isEqualTo(history(42)).isNotEqualTo(history(43));
  }

  private static List<Fact> history(long seed) {
    Walk walk = new Walk(seed);
    for (int i = 0; i < STEPS; i++) {
      walk.step();
    }
    return walk.test.time.facts(Fact.class);
  }

  private static final class Walk {
    private final TestCluster test = TestCluster.withOrders();
    private final Random random;
    private final List<TestMember> members = new ArrayList<>();
    private final Map<TestMember, Answer<JoinGroupResponse>> joins = new LinkedHashMap<>();
    private int generations;

    Walk(long seed) {
      random = new Random(seed);
      for (int i = 0; i < 4; i++) {
        members.add(new TestMember(test, "m" + i));
      }
      // Two of the static members are twins.
      for (int i = 4; i < 7; i++) {
        members.add(new TestMember(test, "m" + i, Optional.of("i" + i / 2)));
      }
    }

    void step() {
      TestMember member = members.get(random.nextInt(members.size()));
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5 -> join(member);
        case 6, 7, 8, 9, 10 -> takeAnswersAndSync();
        case 11, 12 -> member.heartbeat();
        case 13 -> member.commit(P0, random.nextInt(100));
        case 14 -> member.leave();
        case 15 -> test.time.advanceMs(random.nextInt(4_000));
        case 16 -> test.time.advanceMs(random.nextInt(12_000));
        case 17 -> test.cluster.forceRebalance(GROUP);
        case 18 -> test.cluster.expireMember(GROUP, new Member("m" + random.nextInt(7), 1));
        default -> test.get(new DeleteGroupsRequest(List.of(GROUP)), DeleteGroupsResponse.class);
      }
    }

    private void join(TestMember member) {
      Answer<JoinGroupResponse> answer = member.joinOnce();
      if (!answer.isPending() && answer.get().error() == ErrorCode.MEMBER_ID_REQUIRED) {
        member.memberId = answer.get().memberId();
        answer = member.joinOnce();
      }
      joins.put(member, answer);
    }

    private void takeAnswersAndSync() {
      for (TestMember member : List.copyOf(joins.keySet())) {
        Answer<JoinGroupResponse> answer = joins.get(member);
        if (answer == null || answer.isPending()) {
          continue;
        }
        joins.remove(member);
        JoinGroupResponse response = answer.get();
        if (response.error() != ErrorCode.NONE) {
          member.memberId = "";
          continue;
        }
        member.joined(answer);
        generations = Math.max(generations, member.generation);
        member.sync(assignments(response));
      }
    }

    private static Map<String, GroupBytes> assignments(JoinGroupResponse response) {
      Map<String, GroupBytes> assignments = new LinkedHashMap<>();
      for (JoinGroupResponse.Member each : response.members()) {
        assignments.put(
            each.memberId(), assignment(new TopicPartition("orders", assignments.size())));
      }
      return assignments;
    }
  }
}
