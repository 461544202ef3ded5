package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestCluster.P2;
import static io.heddle.simulator.broker.TestCluster.batch;
import static io.heddle.simulator.broker.TestCluster.readFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FetchRequest.FetchPartition;
import io.heddle.simulator.protocol.FetchResponse;
import io.heddle.simulator.protocol.FetchResponse.PartitionData;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class FetchApiTest {
  private static final int PLENTY = 1_000_000;

  private final TestCluster test = TestCluster.withOrders();

  @Test
  void batchesAreSharedAndTheFirstMayBeginBeforeTheOffset() {
    test.produce(P0, batch("a", "b", "c"));
    test.produce(P0, batch("d"));

    PartitionData data = data(test.fetch(0, 1, PLENTY, readFrom(P0, 1)), P0);

    assertThat(data.batches()).extracting(RecordBatch::baseOffset).containsExactly(0L, 3L);
    assertThat(data.highWatermark()).isEqualTo(4);
    assertThat(data.lastStableOffset()).isEqualTo(4);
    PartitionData again = data(test.fetch(0, 1, PLENTY, readFrom(P0, 0)), P0);
    assertThat(again.batches().get(0)).isSameAs(data.batches().get(0));
  }

  @Test
  void aFetchAtTheEndWaitsAsLongAsItSaidAndComesBackEmpty() {
    Answer<FetchResponse> answer = test.fetch(500, 1, PLENTY, readFrom(P0, 0));

    test.time.advanceMs(499);
    assertThat(answer.isPending()).isTrue();
    test.time.advanceMs(1);

    assertThat(data(answer, P0)).isEqualTo(new PartitionData(ErrorCode.NONE, 0, 0, 0, List.of()));
    assertThat(test.time.timers()).isZero();
  }

  @Test
  void anAppendWakesTheFetchAndItsTimerIsGone() {
    Answer<FetchResponse> answer = test.fetch(500, 1, PLENTY, readFrom(P0, 0), readFrom(P1, 0));

    test.produce(P1, batch("a"));

    assertThat(data(answer, P1).batches()).hasSize(1);
    assertThat(data(answer, P0).batches()).isEmpty();
    assertThat(test.time.timers()).isZero();
    test.produce(P0, batch("later"));
    assertThat(answer.get().partitions()).hasSize(2);
  }

  @Test
  void aFetchWaitsForAsManyBytesAsItWantsFromAllItsPartitions() {
    int size = batch("0123456789").sizeInBytes();
    Answer<FetchResponse> answer =
        test.fetch(500, 2 * size, PLENTY, readFrom(P0, 0), readFrom(P1, 0));

    test.produce(P0, batch("0123456789"));
    assertThat(answer.isPending()).isTrue();
    test.produce(P1, batch("0123456789"));

    assertThat(data(answer, P0).batches()).hasSize(1);
    assertThat(data(answer, P1).batches()).hasSize(1);
  }

  @Test
  void theFirstBatchComesWhateverItsSizeAndNoOther() {
    test.produce(P0, batch("x".repeat(500)));
    test.produce(P0, batch("y"));
    test.produce(P1, batch("z"));

    Answer<FetchResponse> answer =
        test.fetch(0, 1, PLENTY, readFrom(P0, 0, Uuid.ZERO_UUID, -1, 10), readFrom(P1, 0));

    assertThat(data(answer, P0).batches()).hasSize(1);
    assertThat(data(answer, P1).batches()).hasSize(1);
    assertThat(data(test.fetch(0, 1, 10, readFrom(P0, 0), readFrom(P1, 0)), P1).batches())
        .isEmpty();
  }

  @Test
  void aPartitionGivesNoMoreThanItsShare() {
    int size = batch("a").sizeInBytes();
    for (int i = 0; i < 4; i++) {
      test.produce(P0, batch("a"));
    }

    Answer<FetchResponse> answer =
        test.fetch(0, 1, PLENTY, readFrom(P0, 0, Uuid.ZERO_UUID, -1, 2 * size + 1));

    assertThat(data(answer, P0).batches()).hasSize(2);
  }

  @Test
  void theRequestsLimitIsFilledInTheOrderOfItsPartitions() {
    int size = batch("a").sizeInBytes();
    for (TopicPartition partition : new TopicPartition[] {P0, P1, P2}) {
      test.produce(partition, batch("a"));
    }

    Answer<FetchResponse> answer =
        test.fetch(0, 1, 2 * size, readFrom(P2, 0), readFrom(P0, 0), readFrom(P1, 0));

    assertThat(data(answer, P2).batches()).hasSize(1);
    assertThat(data(answer, P0).batches()).hasSize(1);
    assertThat(data(answer, P1).batches()).isEmpty();
  }

  @Test
  void anOffsetBeyondEitherEndIsOutOfRangeAndEndsTheWaitAtOnce() {
    test.produce(P0, batch("a", "b"));
    Answer<FetchResponse> answer = test.fetch(500, 1, PLENTY, readFrom(P1, 0), readFrom(P0, 3));

    assertThat(data(answer, P0).error()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(data(answer, P1).error()).isEqualTo(ErrorCode.NONE);
    assertThat(data(test.fetch(500, 1, PLENTY, readFrom(P0, -1)), P0).error())
        .isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void anUnknownPartitionDoesNotEndTheWaitForTheOthers() {
    TopicPartition unknown = new TopicPartition("orders", 3);
    Answer<FetchResponse> answer =
        test.fetch(500, 1, PLENTY, readFrom(P0, 0), readFrom(unknown, 0));

    assertThat(answer.isPending()).isTrue();
    test.time.advanceMs(500);

    assertThat(data(answer, unknown).error()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(data(test.fetch(500, 1, PLENTY, readFrom(unknown, 0)), unknown).error())
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void aTopicOfTheSameNameWithAnotherIdIsAnotherTopic() {
    Uuid old = test.cluster.createTopic("t", 1);
    TopicPartition partition = new TopicPartition("t", 0);
    test.cluster.deleteTopic("t");
    Uuid young = test.cluster.createTopic("t", 1);

    assertThat(fetchById(partition, old).error()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
    assertThat(fetchById(partition, young).error()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void leaderEpochsFenceOldAndUnknownOnes() {
    test.cluster.moveLeader(P0, 0);
    test.cluster.moveLeader(P0, 0);

    assertThat(fetchInEpoch(1)).isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(fetchInEpoch(2)).isEqualTo(ErrorCode.NONE);
    assertThat(fetchInEpoch(3)).isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
    assertThat(fetchInEpoch(-1)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void recordsKeepTheEpochInWhichTheyWereAppended() {
    test.produce(P0, batch("a"));
    test.cluster.moveLeader(P0, 0);
    test.produce(P0, batch("b"));

    assertThat(data(test.fetch(0, 1, PLENTY, readFrom(P0, 0)), P0).batches())
        .extracting(RecordBatch::partitionLeaderEpoch)
        .containsExactly(0, 1);
  }

  @Test
  void aLeaderThatMovesAwaySendsItsWaitingFetchesHome() {
    TestCluster two = TestCluster.withOrders(ClusterSettings.defaults().withBrokers(2));
    Answer<FetchResponse> answer = two.fetch(500, 1, PLENTY, readFrom(P0, 0));

    two.cluster.moveLeader(P0, 1);

    assertThat(data(answer, P0).error()).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(data(two.fetch(500, 1, PLENTY, readFrom(P0, 0)), P0).error())
        .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
  }

  @Test
  void aDeletedTopicSendsItsWaitingFetchesHome() {
    Answer<FetchResponse> answer = test.fetch(500, 1, PLENTY, readFrom(P0, 0));

    test.cluster.deleteTopic("orders");

    assertThat(data(answer, P0).error()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(test.time.timers()).isZero();
  }

  @Test
  void theEpochOfTheLastRecordIsCheckedAsFarAsLogsCanDiffer() {
    test.produce(P0, batch("a"));
    test.cluster.moveLeader(P0, 0);
    test.produce(P0, batch("b"));

    assertThat(fetchAfterEpoch(2, 1)).isEqualTo(ErrorCode.NONE);
    assertThat(fetchAfterEpoch(1, 0)).isEqualTo(ErrorCode.NONE);
    assertThat(fetchAfterEpoch(2, 2)).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    // Where they part is told without an error: TruncationTest.
    assertThat(fetchAfterEpoch(2, 0)).isEqualTo(ErrorCode.NONE);
  }

  private ErrorCode fetchAfterEpoch(long offset, int lastFetchedEpoch) {
    FetchPartition wanted = new FetchPartition(Uuid.ZERO_UUID, offset, -1, lastFetchedEpoch, 1);
    FetchResponse response =
        test.get(new FetchRequest(0, 1, 1, Map.of(P0, wanted)), FetchResponse.class);
    return Objects.requireNonNull(response.partitions().get(P0)).error();
  }

  private ErrorCode fetchInEpoch(int epoch) {
    return data(test.fetch(0, 1, 1, readFrom(P0, 0, Uuid.ZERO_UUID, epoch, 1)), P0).error();
  }

  private PartitionData fetchById(TopicPartition partition, Uuid id) {
    return data(test.fetch(0, 1, 1, readFrom(partition, 0, id, -1, 1)), partition);
  }

  private static PartitionData data(Answer<FetchResponse> answer, TopicPartition partition) {
    return Objects.requireNonNull(answer.get().partitions().get(partition));
  }
}
