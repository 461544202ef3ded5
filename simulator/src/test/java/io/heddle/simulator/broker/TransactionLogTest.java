package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestCluster.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.DeleteRecordsRequest;
import io.heddle.simulator.protocol.DeleteRecordsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FetchResponse;
import io.heddle.simulator.protocol.FetchResponse.AbortedTransaction;
import io.heddle.simulator.protocol.FetchResponse.PartitionData;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.ProduceResponse;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionLogTest {
  private final TestCluster test = TestCluster.withOrders();
  private final TestProducer one = TestProducer.initialized(test, "tx-1");
  private final TestProducer two = TestProducer.initialized(test, "tx-2");

  @AfterEach
  void theBrokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  private Answer<FetchResponse> fetching(TopicPartition partition, long offset, int maxWaitMs) {
    return test.ask(
        0,
        TestCluster.ADMIN,
        new FetchRequest(
            maxWaitMs,
            1,
            Integer.MAX_VALUE,
            IsolationLevel.READ_COMMITTED,
            Map.of(
                partition,
                new FetchRequest.FetchPartition(
                    Uuid.ZERO_UUID, offset, -1, -1, Integer.MAX_VALUE))),
        FetchResponse.class);
  }

  private PartitionData fetch(long offset) {
    return data(fetching(P0, offset, 0), P0);
  }

  private static PartitionData data(Answer<FetchResponse> answer, TopicPartition partition) {
    return Objects.requireNonNull(answer.get().partitions().get(partition));
  }

  private static void ok(ErrorCode error) {
    assertThat(error).isEqualTo(ErrorCode.NONE);
  }

  private void markersArrive() {
    test.time.advanceMs(10);
  }

  private long end(IsolationLevel isolation) {
    ListOffsetsResponse response =
        test.get(
            new ListOffsetsRequest(isolation, Map.of(P0, ListOffsetsRequest.LATEST)),
            ListOffsetsResponse.class);
    return Objects.requireNonNull(response.partitions().get(P0)).offset();
  }

  @Test
  void theStablePartEndsWhereTheFirstOpenTransactionBegan() {
    test.produce(P0, batch("plain"));
    ok(one.send(P0, "a", "b"));
    ok(two.send(P0, "c"));
    test.produce(P0, batch("plain"));

    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(1);
    assertThat(fetch(0).batches()).extracting(RecordBatch::baseOffset).containsExactly(0L);
    assertThat(fetch(0).highWatermark()).isEqualTo(5);
    assertThat(fetch(0).lastStableOffset()).isEqualTo(1);
    assertThat(end(IsolationLevel.READ_COMMITTED)).isEqualTo(1);
    assertThat(end(IsolationLevel.READ_UNCOMMITTED)).isEqualTo(5);

    ok(one.commit());
    markersArrive();
    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(3);
    ok(two.abort());
    markersArrive();
    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(7);
  }

  @Test
  void aMarkerTakesAnOffset() {
    ok(one.send(P0, "a"));
    ok(one.commit());
    markersArrive();

    List<RecordBatch> batches = fetch(0).batches();
    assertThat(batches)
        .extracting(RecordBatch::kind)
        .containsExactly(RecordBatch.Kind.TRANSACTIONAL, RecordBatch.Kind.COMMIT_MARKER);
    RecordBatch marker = batches.get(1);
    assertThat(marker.baseOffset()).isEqualTo(1);
    assertThat(marker.producerEpoch()).as("of the next epoch").isEqualTo((short) 1);
    assertThat(marker.records().get(0).key()).containsExactly(0, 0, 0, 1);
    assertThat(test.time.facts(Fact.Appended.class)).hasSize(1);
  }

  @Test
  void eachMarkerArrivesInItsOwnTime() {
    test.time.markersTakeMs(5L, 50L);
    ok(one.send(P0, "a"));
    ok(one.send(P1, "b"));
    ok(one.commit());

    test.time.advanceMs(5);
    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(2);
    assertThat(test.cluster.lastStableOffset(P1)).isZero();
    assertThat(test.cluster.transactionState("tx-1")).contains("PrepareCommit");
    test.time.advanceMs(45);
    assertThat(test.cluster.lastStableOffset(P1)).isEqualTo(2);
    assertThat(test.cluster.transactionState("tx-1")).contains("CompleteCommit");
  }

  @Test
  void aReaderIsToldWhichTransactionsWereAborted() {
    ok(one.send(P0, "a"));
    ok(two.send(P0, "b"));
    ok(one.send(P0, "c"));
    ok(one.abort());
    ok(two.commit());
    markersArrive();
    ok(one.send(P0, "d"));
    ok(one.abort());
    markersArrive();

    assertThat(fetch(0).abortedTransactions())
        .containsExactly(new AbortedTransaction(one.id, 0), new AbortedTransaction(one.id, 5));
    assertThat(fetch(2).abortedTransactions())
        .as("that has a record behind the offset")
        .contains(new AbortedTransaction(one.id, 0));
    assertThat(fetch(5).abortedTransactions()).containsExactly(new AbortedTransaction(one.id, 5));
  }

  @Test
  void whatIsAbortedIsToldAsRemoved() {
    ok(one.send(P0, "a", "b"));
    test.produce(P0, batch("plain"));
    ok(one.send(P0, "c"));
    ok(one.abort());
    markersArrive();

    long now = 10_000_000;
    assertThat(test.time.facts(Fact.Removed.class))
        .containsExactly(new Fact.Removed(now, P0, 0, 2), new Fact.Removed(now, P0, 3, 4));
  }

  @Test
  void aWaitingReaderOfCommittedRecordsIsWokenByTheMarkerNotByTheRecord() {
    Answer<FetchResponse> answer = fetching(P0, 0, 60_000);

    ok(one.send(P0, "a"));
    assertThat(answer.isPending()).isTrue();
    ok(one.commit());
    markersArrive();

    assertThat(data(answer, P0).batches()).hasSize(2);
  }

  @Test
  void aReaderBeyondTheStablePartWaits() {
    ok(one.send(P0, "a", "b"));

    PartitionData data = fetch(2);

    assertThat(data.error()).isEqualTo(ErrorCode.NONE);
    assertThat(data.batches()).isEmpty();
    assertThat(fetching(P0, 2, 1_000).isPending()).isTrue();
  }

  @Test
  void recordsOfAnOpenTransactionAreNotFoundByTheirTimestamp() {
    ok(one.send(P0, "a"));

    Map<TopicPartition, Long> wanted = Map.of(P0, 1L);
    ListOffsetsResponse committed =
        test.get(
            new ListOffsetsRequest(IsolationLevel.READ_COMMITTED, wanted),
            ListOffsetsResponse.class);
    ListOffsetsResponse all = test.get(new ListOffsetsRequest(wanted), ListOffsetsResponse.class);

    assertThat(Objects.requireNonNull(committed.partitions().get(P0)).offset()).isEqualTo(-1);
    assertThat(Objects.requireNonNull(all.partitions().get(P0)).offset()).isZero();
  }

  @Test
  void aBatchSentAgainInItsTransactionIsNotAppendedAgain() {
    TestProducer again = one.twin();
    ok(one.send(P0, "a"));

    ok(again.send(P0, "a"));

    assertThat(test.cluster.endOffset(P0)).isEqualTo(1);
  }

  @Test
  void sequenceNumbersBeginAgainWithEachTransaction() {
    ok(one.send(P0, "a", "b"));
    ok(one.commit());
    markersArrive();

    ok(one.send(P0, "c"));

    assertThat(test.cluster.endOffset(P0)).isEqualTo(4);
  }

  @Test
  void aProducerInATransactionCannotWriteOutsideOfIt() {
    ok(one.send(P0, "a"));

    assertThat(test.produce(P0, batch(one.id, one.epoch, 1, 1_000_000, "plain")).error())
        .isEqualTo(ErrorCode.INVALID_TXN_STATE);
  }

  @Test
  void aTransactionDoesNotBeginInTheMidstOfItsSequence() {
    RecordBatch second = TestProducer.batch(one.id, one.epoch, 1, "second");

    ErrorCode error =
        TestProducer.errorOf(
            test.ask(
                0,
                TestCluster.ADMIN,
                new ProduceRequest(Optional.of("tx-1"), (short) -1, 1_000, Map.of(P0, second)),
                ProduceResponse.class),
            P0);

    assertThat(error).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  }

  @Test
  void deletedRecordsOfAnOpenTransactionDoNotHoldTheStablePartBack() {
    ok(one.send(P0, "a"));
    test.produce(P0, batch("plain"));
    var unused = test.get(new DeleteRecordsRequest(Map.of(P0, 2L)), DeleteRecordsResponse.class);

    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(2);
    ok(one.commit());
    markersArrive();
    assertThat(test.cluster.lastStableOffset(P0)).isEqualTo(3);
  }
}
