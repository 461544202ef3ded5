package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.DeleteRecordsRequest;
import io.heddle.simulator.protocol.DeleteRecordsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FetchRequest.FetchPartition;
import io.heddle.simulator.protocol.FetchResponse;
import io.heddle.simulator.protocol.FetchResponse.DivergingEpoch;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import io.heddle.simulator.protocol.OffsetForLeaderEpochRequest;
import io.heddle.simulator.protocol.OffsetForLeaderEpochRequest.EpochAsked;
import io.heddle.simulator.protocol.OffsetForLeaderEpochResponse;
import io.heddle.simulator.protocol.OffsetForLeaderEpochResponse.EpochEnd;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TruncationTest {
  private final TestCluster test = TestCluster.withOrders();
  private final BrokerOperations operations = test.cluster.operations();

  private EpochEnd endOf(int currentEpoch, int epoch) {
    OffsetForLeaderEpochResponse response =
        test.get(
            new OffsetForLeaderEpochRequest(Map.of(P0, new EpochAsked(currentEpoch, epoch))),
            OffsetForLeaderEpochResponse.class);
    return Objects.requireNonNull(response.partitions().get(P0));
  }

  @Test
  void theTailIsGoneAndTheLogGoesOnInANewEpoch() {
    test.produce(P0, batch("a"));
    test.produce(P0, batch("b"));
    test.produce(P0, batch("c", "d"));

    // Not in the middle of a batch.
    assertThat(operations.truncate(P0, 3, 0)).isEqualTo(2);

    assertThat(test.cluster.endOffset(P0)).isEqualTo(2);
    assertThat(test.cluster.leaderEpochOf(P0)).isEqualTo(1);
    assertThat(test.produce(P0, batch("e")).baseOffset()).isEqualTo(2);
    assertThat(test.time.allFacts())
        .filteredOn(fact -> fact instanceof Fact.Truncated)
        .containsExactly(new Fact.Truncated(0, P0, 2, 1));
    test.cluster.checkConsistency();
  }

  @Test
  void theTimesOfRecordsDeletedBeforeStayAndThoseOfTheTailGo() {
    test.produce(P0, batch(-1, -1, -1, 300, "a"));
    test.produce(P0, batch(-1, -1, -1, 100, "b"));
    test.produce(P0, batch(-1, -1, -1, 400, "c"));
    test.get(new DeleteRecordsRequest(Map.of(P0, 1L)), DeleteRecordsResponse.class);

    operations.truncate(P0, 2, 0);

    ListOffsetsResponse response =
        test.get(
            new ListOffsetsRequest(Map.of(P0, ListOffsetsRequest.MAX_TIMESTAMP)),
            ListOffsetsResponse.class);
    assertThat(response.partitions())
        .isEqualTo(Map.of(P0, new ListOffsetsResponse.PartitionOffset(ErrorCode.NONE, 300, 0, 0)));
  }

  @Test
  void aReaderLearnsWhereTheEpochItReadEnds() {
    test.produce(P0, batch("a"));
    test.produce(P0, batch("b"));
    operations.truncate(P0, 1, 0);
    test.produce(P0, batch("c"));

    assertThat(endOf(1, 0)).isEqualTo(new EpochEnd(ErrorCode.NONE, 0, 1));
    assertThat(endOf(1, 1)).isEqualTo(new EpochEnd(ErrorCode.NONE, 1, 2));
    assertThat(endOf(1, 2)).isEqualTo(new EpochEnd(ErrorCode.NONE, -1, -1));
    assertThat(endOf(0, 0).error()).isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(endOf(2, 0).error()).isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
  }

  @Test
  void aFetchThatSaysWhatItReadLastIsToldWhereTheLogsPart() {
    test.produce(P0, batch("a"));
    test.produce(P0, batch("b"));
    operations.truncate(P0, 1, 0);
    FetchRequest request =
        new FetchRequest(
            0, 1, 1_000, Map.of(P0, new FetchPartition(Uuid.ZERO_UUID, 2, 1, 0, 1_000)));

    FetchResponse.PartitionData data =
        Objects.requireNonNull(test.get(request, FetchResponse.class).partitions().get(P0));

    assertThat(data.error()).isEqualTo(ErrorCode.NONE);
    assertThat(data.divergingEpoch()).contains(new DivergingEpoch(0, 1));
    assertThat(data.batches()).isEmpty();
  }

  @Test
  void aFetchFromBehindTheEndIsOutOfRange() {
    test.produce(P0, batch("a"));
    test.produce(P0, batch("b"));
    operations.truncate(P0, 1, 0);

    assertThat(test.read(P0, 2).error()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void aProducerWhoseBatchWasCutOffMaySendItAgain() {
    test.produce(P0, batch(7, 0, 0, 1_000_000, "a"));
    test.produce(P0, batch(7, 0, 1, 1_000_000, "b"));
    operations.truncate(P0, 1, 0);

    assertThat(test.produce(P0, batch(7, 0, 0, 1_000_000, "a")).baseOffset()).isZero();
    assertThat(test.produce(P0, batch(7, 0, 2, 1_000_000, "c")).error())
        .isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(test.produce(P0, batch(7, 0, 1, 1_000_000, "b")).baseOffset()).isEqualTo(1);
  }

  @Test
  void aTransactionWhoseMarkerWasCutOffIsOpenAgain() {
    TestProducer producer = new TestProducer(test, "producer");
    producer.init(60_000);
    producer.send(P0, "a");
    producer.commit();
    test.time.advanceMs(10);
    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(2);

    operations.truncate(P0, 1, 0);

    assertThat(test.cluster.lastStableOffset(P0)).isZero();
  }

  @Test
  void epochsWithoutRecordsAreForgotten() {
    test.produce(P0, batch("a"));
    operations.moveLeader(P0, 0);
    operations.moveLeader(P0, 0);
    test.produce(P0, batch("b"));

    assertThat(endOf(2, 1)).isEqualTo(new EpochEnd(ErrorCode.NONE, 0, 1));
  }

  @Test
  void aForgottenProducerMayBeginAnywhere() {
    test.produce(P0, batch(7, 0, 0, 1_000_000, "a"));
    assertThat(test.produce(P0, batch(7, 0, 5, 1_000_000, "f")).error())
        .isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);

    assertThat(operations.expireProducers(P0)).isOne();

    assertThat(test.produce(P0, batch(7, 0, 5, 1_000_000, "f")).error()).isEqualTo(ErrorCode.NONE);
  }
}
