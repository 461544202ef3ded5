package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestProducer.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.protocol.DescribeTransactionsRequest;
import io.heddle.simulator.protocol.DescribeTransactionsResponse;
import io.heddle.simulator.protocol.DescribeTransactionsResponse.DescribedTransaction;
import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.EndTxnResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorRequest.KeyType;
import io.heddle.simulator.protocol.FindCoordinatorResponse;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import io.heddle.simulator.protocol.ListTransactionsRequest;
import io.heddle.simulator.protocol.ListTransactionsResponse;
import io.heddle.simulator.protocol.ListTransactionsResponse.ListedTransaction;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.ProduceResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionCoordinatorTest {
  private static final String TX = "tx";

  private final TestCluster test = TestCluster.withOrders();

  @AfterEach
  void theBrokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  private String state() {
    return test.cluster.transactionState(TX).orElse("none");
  }

  private TestProducer initialized() {
    return TestProducer.initialized(test, TX);
  }

  private void markersArrive() {
    test.time.advanceMs(10);
  }

  @Test
  void theCoordinatorIsFoundByTheHashOfTheTransactionalId() {
    TestCluster three = TestCluster.withOrders(ClusterSettings.defaults().withBrokers(3));

    FindCoordinatorResponse found =
        three.get(
            new FindCoordinatorRequest(KeyType.TRANSACTION, "tx-1"), FindCoordinatorResponse.class);

    assertThat("tx-1".hashCode()).isEqualTo(3_572_520);
    assertThat(found.nodeId()).isEqualTo(3_572_520 % 50 % 3);
    int other = (found.nodeId() + 1) % 3;
    assertThat(
            three
                .ask(
                    other,
                    TestCluster.ADMIN,
                    new InitProducerIdRequest(Optional.of("tx-1"), 1_000),
                    InitProducerIdResponse.class)
                .get()
                .error())
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
  }

  @Test
  void aNewTransactionalIdGetsEpochZeroAndEachInitializationTheNext() {
    TestProducer producer = initialized();
    long id = producer.id;

    assertThat(producer.epoch).isZero();
    assertThat(producer.init(60_000)).isEqualTo(ErrorCode.NONE);
    assertThat(producer.epoch).isEqualTo((short) 1);
    assertThat(producer.id).isEqualTo(id);
    assertThat(state()).isEqualTo("Empty");
  }

  @Test
  void aTimeoutMustBePositiveAndAtMostFifteenMinutes() {
    TestProducer producer = new TestProducer(test, TX);

    assertThat(producer.init(0)).isEqualTo(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
    assertThat(producer.init(900_001)).isEqualTo(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
    assertThat(producer.init(900_000)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void theFirstBatchBeginsTheTransaction() {
    TestProducer producer = initialized();

    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    assertThat(producer.send(P1, "b")).isEqualTo(ErrorCode.NONE);

    DescribedTransaction described =
        test.get(new DescribeTransactionsRequest(List.of(TX)), DescribeTransactionsResponse.class)
            .transactions()
            .get(0);
    assertThat(described)
        .isEqualTo(
            new DescribedTransaction(
                ErrorCode.NONE,
                TX,
                "Ongoing",
                60_000,
                1_000_000,
                producer.id,
                producer.epoch,
                List.of(P0, P1)));
    assertThat(
            test.get(new ListTransactionsRequest(), ListTransactionsResponse.class).transactions())
        .containsExactly(new ListedTransaction(TX, producer.id, "Ongoing"));
  }

  @Test
  void anUnknownTransactionalIdIsToldOf() {
    assertThat(
            test.get(
                    new DescribeTransactionsRequest(List.of("no")),
                    DescribeTransactionsResponse.class)
                .transactions()
                .get(0)
                .error())
        .isEqualTo(ErrorCode.TRANSACTIONAL_ID_NOT_FOUND);
    assertThat(new TestProducer(test, "no").commit())
        .isEqualTo(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  }

  @Test
  void theEndIsAnsweredWithTheNextEpochBeforeTheMarkersAreWritten() {
    TestProducer producer = initialized();
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);

    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);

    assertThat(producer.epoch).isEqualTo((short) 1);
    assertThat(state()).isEqualTo("PrepareCommit");
    markersArrive();
    assertThat(state()).isEqualTo("CompleteCommit");
  }

  @Test
  void whileMarkersAreOnTheirWayEveryRequestIsToldToWait() {
    TestProducer producer = initialized();
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    TestProducer twin = producer.twin();
    assertThat(producer.abort()).isEqualTo(ErrorCode.NONE);

    assertThat(twin.commit()).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
    assertThat(twin.abort()).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
    assertThat(twin.init(60_000)).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
  }

  @Test
  void theSameEndAgainHasTheSameAnswer() {
    TestProducer producer = initialized();
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    TestProducer again = producer.twin();
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);
    markersArrive();

    assertThat(again.ending(true))
        .isEqualTo(new EndTxnResponse(ErrorCode.NONE, producer.id, producer.epoch));
    assertThat(again.ending(false).error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
    assertThat(test.cluster.endOffset(P0)).isEqualTo(2);
  }

  @Test
  void aLateEndOfAnOldEpochDoesNotTouchTheNextTransaction() {
    TestProducer producer = initialized();
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    TestProducer late = producer.twin();
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);
    markersArrive();
    assertThat(producer.send(P0, "b")).isEqualTo(ErrorCode.NONE);

    assertThat(late.abort()).isEqualTo(ErrorCode.PRODUCER_FENCED);
    assertThat(late.commit()).isEqualTo(ErrorCode.PRODUCER_FENCED);

    assertThat(state()).isEqualTo("Ongoing");
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void aLateBatchOfAnOldEpochDoesNotReachTheNextTransaction() {
    TestProducer producer = initialized();
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    TestProducer late = producer.twin();
    assertThat(producer.abort()).isEqualTo(ErrorCode.NONE);
    markersArrive();
    assertThat(producer.send(P1, "b")).isEqualTo(ErrorCode.NONE);

    assertThat(late.send(P0, "late")).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
    assertThat(late.send(P1, "late")).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
  }

  @Test
  void anAbortWithoutATransactionStillGivesAnEpochAndACommitIsRefused() {
    TestProducer producer = initialized();

    assertThat(producer.commit()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
    assertThat(producer.abort()).isEqualTo(ErrorCode.NONE);
    assertThat(producer.epoch).isEqualTo((short) 1);
    assertThat(state()).isEqualTo("CompleteAbort");
    assertThat(producer.abort()).isEqualTo(ErrorCode.NONE);
    assertThat(producer.epoch).isEqualTo((short) 2);
    assertThat(producer.commit()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
  }

  @Test
  void anInitializationFencesTheOldProducerAndAbortsItsTransaction() {
    TestProducer old = initialized();
    assertThat(old.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    TestProducer next = new TestProducer(test, TX);

    assertThat(next.init(60_000)).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
    assertThat(state()).isEqualTo("PrepareAbort");
    markersArrive();
    assertThat(next.init(60_000)).isEqualTo(ErrorCode.NONE);

    assertThat(next.epoch).isEqualTo((short) 2);
    assertThat(old.send(P0, "b")).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
    assertThat(old.send(P1, "b")).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
    assertThat(old.commit()).isEqualTo(ErrorCode.PRODUCER_FENCED);
    assertThat(old.abort()).isEqualTo(ErrorCode.PRODUCER_FENCED);
  }

  @Test
  void aProducerThatNamesItsEpochGoesOnUnlessItWasFenced() {
    TestProducer producer = initialized();
    TestProducer retry = producer.twin();

    assertThat(producer.bump()).isEqualTo(ErrorCode.NONE);
    assertThat(producer.epoch).isEqualTo((short) 1);
    assertThat(retry.bump()).isEqualTo(ErrorCode.NONE);
    assertThat(retry.epoch).as("the same request again").isEqualTo((short) 1);
    assertThat(new TestProducer(test, TX).init(60_000)).isEqualTo(ErrorCode.NONE);
    assertThat(producer.bump()).isEqualTo(ErrorCode.PRODUCER_FENCED);
    producer.id = 99;
    assertThat(producer.bump()).isEqualTo(ErrorCode.PRODUCER_FENCED);
  }

  @Test
  void aTransactionThatTakesTooLongIsAbortedAtTheNextCheck() {
    TestProducer producer = initialized();
    test.time.advanceMs(1_000);
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);

    test.time.advanceMs(68_999);
    assertThat(state()).as("at 69.999 s, the check is every 10 s").isEqualTo("Ongoing");
    test.time.advanceMs(1);
    assertThat(state()).isEqualTo("PrepareAbort");
    markersArrive();

    assertThat(state()).isEqualTo("CompleteAbort");
    assertThat(producer.send(P0, "b")).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
    assertThat(producer.commit()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
    assertThat(producer.abort()).as("it may go on").isEqualTo(ErrorCode.NONE);
    assertThat(producer.epoch).isEqualTo((short) 1);
    assertThat(producer.send(P0, "c")).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void aTransactionThatHasEndedDoesNotTimeOut() {
    TestProducer producer = initialized();
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);

    test.time.advanceMs(200_000);

    assertThat(state()).isEqualTo("CompleteCommit");
    assertThat(test.time.timers()).isZero();
  }

  @Test
  void aBatchWaitsALittleForTheLastTransactionToEnd() {
    TestProducer producer = initialized();
    test.time.markersTakeMs(70L);
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);

    Answer<ProduceResponse> answer = producer.sending(P0, "b");

    test.time.advanceMs(79);
    assertThat(answer.isPending()).isTrue();
    test.time.advanceMs(1);
    assertThat(errorOf(answer, P0)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void aBatchIsRefusedIfItsPartitionIsLedHereOnlyWhenTheOthersHaveWaited() {
    TestCluster two = TestCluster.withOrders(ClusterSettings.defaults().withBrokers(2));
    two.cluster.moveLeader(P0, 0);
    two.cluster.moveLeader(P1, 1);
    TestProducer producer = TestProducer.initialized(two, "tx");
    two.time.markersTakeMs(70L);
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);

    Answer<ProduceResponse> answer =
        two.ask(
            0,
            TestCluster.ADMIN,
            new ProduceRequest(
                Optional.of("tx"),
                (short) -1,
                30_000,
                Map.of(
                    P0, TestProducer.batch(producer.id, producer.epoch, 0, "b"),
                    P1, TestProducer.batch(producer.id, producer.epoch, 0, "b"))),
            ProduceResponse.class);
    two.time.advanceMs(10);
    assertThat(answer.isPending()).isTrue();
    two.cluster.moveLeader(P1, 0);
    two.time.advanceMs(90);

    assertThat(errorOf(answer, P0)).isEqualTo(ErrorCode.NONE);
    assertThat(errorOf(answer, P1)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    two.cluster.checkConsistency();
  }

  @Test
  void aBatchThatHasWaitedLongEnoughIsToldOfTheOtherTransaction() {
    TestProducer producer = initialized();
    test.time.markersTakeMs(500L);
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);

    Answer<ProduceResponse> answer = producer.sending(P0, "b");

    test.time.advanceMs(100);
    assertThat(errorOf(answer, P0)).isEqualTo(ErrorCode.CONCURRENT_TRANSACTIONS);
  }

  @Test
  void theProducerGetsAnotherIdWhenItsEpochsAreUsedUp() {
    TestProducer producer = initialized();
    long first = producer.id;
    while (producer.epoch < Short.MAX_VALUE - 1) {
      assertThat(producer.abort()).isEqualTo(ErrorCode.NONE);
    }
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    TestProducer again = producer.twin();

    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);

    assertThat(producer.id).isNotEqualTo(first);
    assertThat(producer.epoch).isZero();
    markersArrive();
    assertThat(again.ending(true))
        .isEqualTo(new EndTxnResponse(ErrorCode.NONE, producer.id, producer.epoch));
    assertThat(producer.send(P0, "b")).isEqualTo(ErrorCode.NONE);
    assertThat(again.send(P0, "late")).isEqualTo(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  }

  @Test
  void aMarkerForADeletedTopicIsNotMissed() {
    TestProducer producer = initialized();
    assertThat(producer.send(P0, "a")).isEqualTo(ErrorCode.NONE);
    assertThat(producer.commit()).isEqualTo(ErrorCode.NONE);

    test.cluster.deleteTopic("orders");
    markersArrive();

    assertThat(state()).isEqualTo("CompleteCommit");
  }

  @Test
  void aTransactionalBatchWithoutATransactionalIdIsRefusedByName() {
    assertThatThrownBy(() -> test.produce(P0, TestProducer.batch(1, (short) 0, 0, "a")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("version 1");
  }

  @Test
  void anEmptyTransactionalIdIsNoTransactionalId() {
    assertThat(
            test.get(
                    new InitProducerIdRequest(Optional.of(""), 1_000), InitProducerIdResponse.class)
                .error())
        .isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(test.get(new EndTxnRequest("", 1, (short) 0, true), EndTxnResponse.class).error())
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }
}
