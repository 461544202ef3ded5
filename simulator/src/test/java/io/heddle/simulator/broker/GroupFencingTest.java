package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.HeartbeatResponse;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what in which state; the group's generation is 1, or 2 once it is empty again. */
class GroupFencingTest {
  private final TestCluster test = TestCluster.withOrders();
  private final TestMember one = new TestMember(test, "m1");
  private final TestMember fixed = new TestMember(test, "m2", Optional.of("i2"));

  @ParameterizedTest(name = "{0}: {1}, generation {2}: {3}")
  @CsvSource({
    "none, stranger, 1, UNKNOWN_MEMBER_ID",
    "Empty, stranger, 2, UNKNOWN_MEMBER_ID",
    "PreparingRebalance, member, 1, REBALANCE_IN_PROGRESS",
    "PreparingRebalance, member, 0, ILLEGAL_GENERATION",
    "PreparingRebalance, stranger, 1, UNKNOWN_MEMBER_ID",
    "CompletingRebalance, member, 1, NONE",
    "CompletingRebalance, member, 2, ILLEGAL_GENERATION",
    "Stable, member, 1, NONE",
    "Stable, member, 0, ILLEGAL_GENERATION",
    "Stable, member, 2, ILLEGAL_GENERATION",
    "Stable, stranger, 1, UNKNOWN_MEMBER_ID",
    "Stable, static, 1, NONE",
    "Stable, twin, 1, FENCED_INSTANCE_ID",
    "Stable, unknown-instance, 1, UNKNOWN_MEMBER_ID",
  })
  void heartbeats(String state, String who, int generation, ErrorCode expected) {
    bringInto(state);
    HeartbeatRequest request =
        new HeartbeatRequest(GROUP, generation, memberId(who), instanceId(who));

    assertThat(test.get(request, HeartbeatResponse.class).error()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}, generation {2}, protocol {3}: {4}")
  @CsvSource({
    "none, stranger, 1, range, UNKNOWN_MEMBER_ID",
    "Empty, stranger, 2, range, UNKNOWN_MEMBER_ID",
    "PreparingRebalance, member, 1, range, REBALANCE_IN_PROGRESS",
    "PreparingRebalance, member, 0, range, ILLEGAL_GENERATION",
    "CompletingRebalance, stranger, 1, range, UNKNOWN_MEMBER_ID",
    "CompletingRebalance, member, 0, range, ILLEGAL_GENERATION",
    "CompletingRebalance, member, 1, sticky, INCONSISTENT_GROUP_PROTOCOL",
    "CompletingRebalance, member, 1, range, NONE",
    "CompletingRebalance, member, 1, '', NONE",
    "CompletingRebalance, twin, 1, range, FENCED_INSTANCE_ID",
    "Stable, member, 1, range, NONE",
    "Stable, member, 2, range, ILLEGAL_GENERATION",
    "Stable, member, 1, sticky, INCONSISTENT_GROUP_PROTOCOL",
  })
  void syncs(String state, String who, int generation, String protocol, ErrorCode expected) {
    bringInto(state);
    SyncGroupRequest request =
        new SyncGroupRequest(
            GROUP, generation, memberId(who), instanceId(who), "consumer", protocol, Map.of());

    assertThat(test.get(request, SyncGroupResponse.class).error()).isEqualTo(expected);
  }

  @Test
  void aGroupThatHasChosenNoProtocolYetIsInconsistentWithNone() {
    TestMember first = new TestMember(test, "first");
    assertThat(first.join().isPending()).isTrue();
    SyncGroupRequest request =
        new SyncGroupRequest(
            GROUP, 0, first.memberId, Optional.empty(), "consumer", "sticky", Map.of());

    assertThat(test.get(request, SyncGroupResponse.class).error())
        .isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @ParameterizedTest(name = "{0}: {1}, generation {2}: {3}")
  @CsvSource({
    "none, nobody, -1, NONE", // a simple group comes into being
    "none, stranger, -1, NONE",
    "none, stranger, 0, GROUP_ID_NOT_FOUND",
    "Empty, nobody, -1, NONE",
    "Empty, stranger, -1, NONE",
    "Empty, stranger, 2, UNKNOWN_MEMBER_ID",
    "Empty, nobody, 2, UNKNOWN_MEMBER_ID",
    "PreparingRebalance, member, 1, NONE",
    "PreparingRebalance, member, 0, ILLEGAL_GENERATION",
    "PreparingRebalance, member, -1, ILLEGAL_GENERATION",
    "PreparingRebalance, stranger, 1, UNKNOWN_MEMBER_ID",
    "PreparingRebalance, nobody, -1, UNKNOWN_MEMBER_ID",
    "PreparingRebalance, twin, 1, FENCED_INSTANCE_ID",
    "CompletingRebalance, member, 1, REBALANCE_IN_PROGRESS",
    "CompletingRebalance, member, 0, ILLEGAL_GENERATION",
    "CompletingRebalance, stranger, 1, UNKNOWN_MEMBER_ID",
    "CompletingRebalance, nobody, -1, UNKNOWN_MEMBER_ID",
    "Stable, member, 1, NONE",
    "Stable, member, 0, ILLEGAL_GENERATION",
    "Stable, member, 2, ILLEGAL_GENERATION",
    "Stable, member, -1, ILLEGAL_GENERATION",
    "Stable, nobody, -1, UNKNOWN_MEMBER_ID",
    "Stable, stranger, 1, UNKNOWN_MEMBER_ID",
    "Stable, static, 1, NONE",
    "Stable, twin, 1, FENCED_INSTANCE_ID",
    "Stable, unknown-instance, 1, UNKNOWN_MEMBER_ID",
  })
  void commits(String state, String who, int generation, ErrorCode expected) {
    bringInto(state);
    OffsetCommitRequest request =
        new OffsetCommitRequest(
            GROUP,
            generation,
            memberId(who),
            instanceId(who),
            Map.of(P0, new OffsetToCommit(5, 0, "")));

    OffsetCommitResponse response = test.get(request, OffsetCommitResponse.class);

    assertThat(Objects.requireNonNull(response.partitions().get(P0))).isEqualTo(expected);
    assertThat(test.cluster.committedOffsets(GROUP)).hasSize(expected == ErrorCode.NONE ? 1 : 0);
    test.cluster.checkConsistency();
  }

  private void bringInto(String state) {
    if (state.equals("none")) {
      return;
    }
    if (state.equals("CompletingRebalance")) {
      Answer<JoinGroupResponse> join1 = one.join();
      Answer<JoinGroupResponse> join2 = fixed.join();
      test.time.advanceMs(6_000);
      one.joined(join1);
      fixed.joined(join2);
    } else {
      TestMember.stabilize(test, one, fixed);
    }
    if (state.equals("PreparingRebalance")) {
      test.cluster.forceRebalance(GROUP);
    }
    if (state.equals("Empty")) {
      one.leave();
      fixed.leave();
    }
    assertThat(test.cluster.describeGroup(GROUP).orElseThrow().state()).isEqualTo(state);
  }

  private String memberId(String who) {
    return switch (who) {
      case "member" -> one.memberId;
      case "static" -> fixed.memberId;
      case "nobody" -> "";
      default -> "stranger";
    };
  }

  private static Optional<String> instanceId(String who) {
    return switch (who) {
      case "static", "twin" -> Optional.of("i2");
      case "unknown-instance" -> Optional.of("i9");
      default -> Optional.empty();
    };
  }
}
