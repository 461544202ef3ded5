package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestCluster.P2;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.OffsetFetchResponse.FetchedOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetsTest {
  private static final FetchedOffset NONE = new FetchedOffset(ErrorCode.NONE, -1, -1, "");

  private final TestCluster test = TestCluster.withOrders();

  @Test
  void aCommitIsAppliedAndIsAFact() {
    TestMember one = new TestMember(test, "m1");
    TestMember.stabilize(test, one);

    assertThat(one.commit(P0, 7)).isEqualTo(ErrorCode.NONE);

    assertThat(test.cluster.committedOffsets(GROUP))
        .containsExactly(Map.entry(P0, new OffsetToCommit(7, 0, "note")));
    assertThat(test.time.facts(Fact.Committed.class))
        .containsExactly(
            new Fact.Committed(
                test.time.nanoTime(), GROUP, new Member("m1", 1), 1, P0, 7, 0, "note"));
  }

  @Test
  void aNoteThatIsTooLongAndAnUnknownPartitionAreRefusedAlone() {
    TopicPartition unknown = new TopicPartition("orders", 9);
    OffsetCommitResponse response =
        commit(
            Map.of(
                P0, new OffsetToCommit(1, -1, "x".repeat(4_097)),
                P1, new OffsetToCommit(1, -1, "x".repeat(4_096)),
                unknown, new OffsetToCommit(1, -1, "")));

    assertThat(response.partitions())
        .containsEntry(P0, ErrorCode.OFFSET_METADATA_TOO_LARGE)
        .containsEntry(P1, ErrorCode.NONE)
        .containsEntry(unknown, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(test.cluster.committedOffsets(GROUP)).containsOnlyKeys(P1);
    assertThat(test.time.facts(Fact.Committed.class)).hasSize(1);
  }

  @Test
  void aCommitForNothingThatExistsDoesNotReachTheCoordinator() {
    commit(Map.of(new TopicPartition("nowhere", 0), new OffsetToCommit(1, -1, "")));

    assertThat(test.cluster.groups()).isEmpty();
  }

  @Test
  void offsetsAreFetchedByPartitionOrAllTogether() {
    test.commit(GROUP, P2, 30);
    test.commit(GROUP, P0, 10);

    assertThat(fetch(GROUP, List.of(P1, P0), false))
        .containsExactly(
            Map.entry(P1, NONE), Map.entry(P0, new FetchedOffset(ErrorCode.NONE, 10, 0, "")));
    assertThat(fetch(GROUP, List.of(), true).keySet()).containsExactly(P0, P2);
  }

  @Test
  void anUnknownGroupHasNoOffsets() {
    assertThat(fetch("nobody", List.of(P0), false)).containsExactly(Map.entry(P0, NONE));
    assertThat(fetch("nobody", List.of(), true)).isEmpty();
    assertThat(test.cluster.groups()).isEmpty();
  }

  @Test
  void onlyTheCoordinatorKnowsOffsets() {
    TestCluster two = TestCluster.withOrders(ClusterSettings.defaults().withBrokers(2));
    int other = 1 - two.cluster.coordinatorOf(GROUP);

    assertThat(
            two.ask(
                    other,
                    TestCluster.ADMIN,
                    new OffsetFetchRequest(GROUP, "", -1, List.of(P0), false, true),
                    OffsetFetchResponse.class)
                .get()
                .error())
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(
            two.ask(
                    other,
                    TestCluster.ADMIN,
                    two.commitRequest(GROUP, -1, "", P0, 1),
                    OffsetCommitResponse.class)
                .get()
                .partitions())
        .containsEntry(P0, ErrorCode.NOT_COORDINATOR);
  }

  @Test
  void aDeletedTopicTakesItsOffsetsAlong() {
    test.cluster.createTopic("other", 1);
    TopicPartition kept = new TopicPartition("other", 0);
    test.commit(GROUP, P0, 1);
    test.commit(GROUP, kept, 2);

    test.cluster.deleteTopic("orders");

    assertThat(test.cluster.committedOffsets(GROUP)).containsOnlyKeys(kept);
    test.cluster.checkConsistency();
  }

  private OffsetCommitResponse commit(Map<TopicPartition, OffsetToCommit> offsets) {
    return test.get(
        new OffsetCommitRequest(GROUP, -1, "", Optional.empty(), offsets),
        OffsetCommitResponse.class);
  }

  private Map<TopicPartition, FetchedOffset> fetch(
      String group, List<TopicPartition> partitions, boolean all) {
    OffsetFetchResponse response =
        test.get(
            new OffsetFetchRequest(group, "", -1, partitions, all, true),
            OffsetFetchResponse.class);
    assertThat(response.error()).isEqualTo(ErrorCode.NONE);
    return response.partitions();
  }
}
