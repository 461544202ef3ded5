package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.AssignedMember.GROUP;
import static io.heddle.simulator.broker.TestCluster.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class ConsumerGroupOffsetsTest {
  private final TestCluster test = new TestCluster(ClusterSettings.defaults());
  private final Uuid orders = test.cluster.createTopic("orders", 3);
  private final AssignedMember one = new AssignedMember(test, "m1");
  private final AssignedMember two = new AssignedMember(test, "m2");

  private ErrorCode commit(int epoch, String memberId, TopicPartition partition) {
    OffsetCommitResponse response =
        test.get(
            test.commitRequest(GROUP, epoch, memberId, partition, 5), OffsetCommitResponse.class);
    return response.partitions().getOrDefault(partition, ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  private ErrorCode fetch(int epoch, String memberId) {
    return test.get(
            new OffsetFetchRequest(GROUP, memberId, epoch, List.of(P0), false, true),
            OffsetFetchResponse.class)
        .error();
  }

  private void rebalanceToTwo() {
    one.join();
    test.time.advanceMs(1_000);
    two.join();
    one.beat();
    one.beatOwning();
    two.beat();
  }

  @Test
  void theCurrentEpochCommits() {
    one.join();

    assertThat(commit(2, "m1", P0)).isEqualTo(ErrorCode.NONE);
    assertThat(commit(3, "m1", P0)).isEqualTo(ErrorCode.STALE_MEMBER_EPOCH);
    assertThat(commit(2, "m9", P0)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(commit(-1, "", P0)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void anOlderEpochCommitsWhatTheMemberHasHadSinceThen() {
    rebalanceToTwo();
    TopicPartition kept = new TopicPartition("orders", one.owns(orders).get(0));
    TopicPartition moved = new TopicPartition("orders", two.owns(orders).get(0));

    assertThat(one.epoch).isEqualTo(3);
    assertThat(commit(2, "m1", kept)).isEqualTo(ErrorCode.NONE);
    assertThat(commit(1, "m1", kept)).isEqualTo(ErrorCode.STALE_MEMBER_EPOCH);
    assertThat(commit(2, "m1", moved)).isEqualTo(ErrorCode.STALE_MEMBER_EPOCH);
    assertThat(commit(2, "m2", moved)).isEqualTo(ErrorCode.STALE_MEMBER_EPOCH);
    assertThat(commit(3, "m2", moved)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void whatHasToBeGivenUpIsStillCommitted() {
    one.join();
    test.time.advanceMs(1_000);
    two.join();
    one.beat();
    Map<Uuid, List<Integer>> kept = one.owned;
    int given =
        List.of(0, 1, 2).stream()
            .filter(it -> !kept.getOrDefault(orders, List.of()).contains(it))
            .findFirst()
            .orElseThrow();

    assertThat(commit(2, "m1", new TopicPartition("orders", given))).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void anEmptyGroupTakesCommitsOfNoMember() {
    one.join();
    one.leave(-1);

    assertThat(commit(-1, "", P0)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void onlyTheCurrentEpochReads() {
    one.join();

    assertThat(fetch(2, "m1")).isEqualTo(ErrorCode.NONE);
    assertThat(fetch(1, "m1")).isEqualTo(ErrorCode.STALE_MEMBER_EPOCH);
    assertThat(fetch(2, "m9")).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(fetch(-1, "")).isEqualTo(ErrorCode.NONE);
  }
}
