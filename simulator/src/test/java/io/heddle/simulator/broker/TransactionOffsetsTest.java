package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestMember.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.DescribeTransactionsRequest;
import io.heddle.simulator.protocol.DescribeTransactionsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.OffsetFetchResponse.FetchedOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionOffsetsTest {
  private final TestCluster test = TestCluster.withOrders();
  private final TestProducer producer = TestProducer.initialized(test, "tx");

  @AfterEach
  void theBrokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  private FetchedOffset fetch(TopicPartition partition, boolean requireStable) {
    OffsetFetchResponse response =
        test.get(
            new OffsetFetchRequest(GROUP, "", -1, List.of(partition), false, requireStable),
            OffsetFetchResponse.class);
    return Objects.requireNonNull(response.partitions().get(partition));
  }

  private ErrorCode commitOffset(long offset) {
    return producer.commitOffset(GROUP, -1, "", P0, offset);
  }

  private static void ok(ErrorCode error) {
    assertThat(error).isEqualTo(ErrorCode.NONE);
  }

  private void markersArrive() {
    test.time.advanceMs(10);
  }

  @Test
  void nobodySeesAnOffsetBeforeTheMarker() {
    test.commit(GROUP, P0, 3);
    ok(commitOffset(7));
    ok(producer.commit());

    assertThat(fetch(P0, false).offset()).isEqualTo(3);
    assertThat(fetch(P0, true).error()).isEqualTo(ErrorCode.UNSTABLE_OFFSET_COMMIT);
    assertThat(fetch(P1, true).error()).isEqualTo(ErrorCode.NONE);
    markersArrive();

    assertThat(fetch(P0, true)).isEqualTo(new FetchedOffset(ErrorCode.NONE, 7, 0, ""));
    assertThat(test.time.facts(Fact.Committed.class))
        .extracting(Fact.Committed::offset)
        .containsExactly(3L, 7L);
  }

  @Test
  void anAbortedOffsetIsNeverSeen() {
    test.commit(GROUP, P0, 3);
    ok(commitOffset(7));
    ok(producer.abort());
    markersArrive();

    assertThat(fetch(P0, true).offset()).isEqualTo(3);
    assertThat(test.time.facts(Fact.Committed.class)).hasSize(1);
  }

  @Test
  void theOffsetsPartitionOfTheGroupIsPartOfTheTransaction() {
    ok(commitOffset(7));

    assertThat(
            test.get(
                    new DescribeTransactionsRequest(List.of("tx")),
                    DescribeTransactionsResponse.class)
                .transactions()
                .get(0)
                .partitions())
        .containsExactly(new TopicPartition("__consumer_offsets", GROUP.charAt(0) % 50));
  }

  @Test
  void ofTwoCommitsTheLaterOneCountsWhicheverEndsFirst() {
    ok(commitOffset(7));
    test.commit(GROUP, P0, 9);
    ok(producer.commit());
    markersArrive();

    assertThat(fetch(P0, true).offset()).isEqualTo(9);
  }

  @Test
  void theLastOffsetOfATransactionCounts() {
    ok(commitOffset(7));
    ok(commitOffset(8));
    ok(producer.commit());
    markersArrive();

    assertThat(test.cluster.committedOffsets(GROUP))
        .isEqualTo(Map.of(P0, new OffsetToCommit(8, 0, "")));
  }

  @Test
  void aMemberOfAnOldGenerationIsRefused() {
    TestMember one = new TestMember(test, "m1");
    TestMember.stabilize(test, one);

    ok(producer.commitOffset(GROUP, one.generation, one.memberId, P0, 1));
    assertThat(producer.commitOffset(GROUP, one.generation - 1, one.memberId, P0, 1))
        .isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    assertThat(producer.commitOffset(GROUP, one.generation, "someone", P0, 1))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(producer.commitOffset("none", 3, "someone", P0, 1))
        .isEqualTo(ErrorCode.ILLEGAL_GENERATION);
  }

  @Test
  void aRebalanceUnderWayDoesNotRefuseTheCurrentGeneration() {
    TestMember one = new TestMember(test, "m1");
    TestMember.stabilize(test, one);
    assertThat(test.cluster.forceRebalance(GROUP)).isTrue();

    ok(producer.commitOffset(GROUP, one.generation, one.memberId, P0, 1));
  }

  @Test
  void aProducerOfAnOldEpochIsRefused() {
    TestProducer old = producer.twin();
    ok(producer.init(60_000));

    assertThat(old.commitOffset(GROUP, -1, "", P0, 1)).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
  }

  @Test
  void aTransactionThatTimesOutLetsGoOfItsOffsets() {
    ok(commitOffset(7));

    test.time.advanceMs(70_000);
    assertThat(fetch(P0, true).error()).isEqualTo(ErrorCode.UNSTABLE_OFFSET_COMMIT);
    markersArrive();

    assertThat(fetch(P0, true).error()).isEqualTo(ErrorCode.NONE);
    assertThat(fetch(P0, true).offset()).isEqualTo(-1);
  }

  @Test
  void anUnknownPartitionIsToldOf() {
    TopicPartition unknown = new TopicPartition("unknown", 0);

    assertThat(producer.commitOffset(GROUP, -1, "", unknown, 1))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }
}
