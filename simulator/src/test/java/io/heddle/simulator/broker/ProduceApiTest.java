package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.P1;
import static io.heddle.simulator.broker.TestCluster.batch;
import static io.heddle.simulator.broker.TestCluster.readFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Stamp;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FetchResponse;
import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.ProduceResponse;
import io.heddle.simulator.protocol.ProduceResponse.PartitionResult;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProduceApiTest {
  private static final long PRODUCER = 9;
  private static final Stamp FIRST = new Stamp(0, 1_000_000);

  private final TestCluster test = TestCluster.withOrders();

  @AfterEach
  void brokersAreConsistent() {
    test.cluster.checkConsistency();
  }

  @Test
  void offsetsGoOnFromBatchToBatchAndEveryRecordIsAFact() {
    assertThat(test.produce(P0, batch("a", "b")).baseOffset()).isZero();
    test.time.advanceMs(5);
    assertThat(test.produce(P0, batch("c")))
        .isEqualTo(new PartitionResult(ErrorCode.NONE, 2, -1, 0));

    assertThat(test.cluster.endOffset(P0)).isEqualTo(3);
    assertThat(test.time.facts(Fact.Appended.class))
        .containsExactly(
            new Fact.Appended(0, P0, 0, "k-a", FIRST),
            new Fact.Appended(0, P0, 1, "k-b", FIRST),
            new Fact.Appended(5_000_000, P0, 2, "k-c", FIRST));
  }

  @Test
  void aRecordWithoutAKeyIsAFactWithAnEmptyOne() {
    LogRecord keyless = new LogRecord(0, 1, null, null, List.of());
    test.produce(P0, new RecordBatch(0, -1, -1, (short) -1, -1, List.of(keyless)));

    assertThat(test.time.facts(Fact.Appended.class))
        .containsExactly(new Fact.Appended(0, P0, 0, "", new Stamp(0, 1)));
  }

  @Test
  void aBatchLargerThanTheLimitIsRefused() {
    TestCluster small = TestCluster.withOrders(ClusterSettings.defaults().withMaxMessageBytes(100));

    assertThat(small.produce(P0, batch("x".repeat(100))).error())
        .isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(small.cluster.endOffset(P0)).isZero();
  }

  @Test
  void onePartitionsErrorDoesNotTouchTheOthers() {
    TopicPartition unknown = new TopicPartition("nowhere", 0);
    ProduceResponse response =
        test.get(
            new ProduceRequest((short) 1, 0, Map.of(P1, batch("a"), unknown, batch("b"))),
            ProduceResponse.class);

    assertThat(response.partitions().get(P1)).extracting("error").isEqualTo(ErrorCode.NONE);
    assertThat(response.partitions().get(unknown))
        .extracting("error")
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void whoAsksForNoAckGetsNoReplyAndTheRecordsAreThere() {
    Answer<ProduceResponse> answer =
        test.ask(
            0,
            TestCluster.ADMIN,
            new ProduceRequest((short) 0, 0, Map.of(P0, batch("a"))),
            ProduceResponse.class);

    assertThat(answer.isPending()).isTrue();
    assertThat(test.cluster.endOffset(P0)).isEqualTo(1);
  }

  @Test
  void anImpossibleNumberOfAcksIsRefused() {
    ProduceResponse response =
        test.get(new ProduceRequest((short) 2, 0, Map.of(P0, batch("a"))), ProduceResponse.class);

    assertThat(response.partitions().get(P0))
        .extracting("error")
        .isEqualTo(ErrorCode.INVALID_REQUIRED_ACKS);
    assertThat(test.cluster.endOffset(P0)).isZero();
  }

  @Test
  void onlyTheLeaderTakesRecords() {
    TestCluster two = TestCluster.withOrders(ClusterSettings.defaults().withBrokers(2));
    ProduceResponse response =
        two.ask(
                1,
                TestCluster.ADMIN,
                new ProduceRequest((short) -1, 0, Map.of(P0, batch("a"))),
                ProduceResponse.class)
            .get();

    assertThat(response.partitions().get(P0))
        .extracting("error")
        .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
  }

  @Test
  void theLastFiveBatchesOfAProducerAreRecognisedWhenTheyComeAgain() {
    for (int i = 0; i < 6; i++) {
      assertThat(produce(0, 2 * i, 2).baseOffset()).isEqualTo(2L * i);
    }

    for (int i = 1; i < 6; i++) {
      assertThat(produce(0, 2 * i, 2))
          .isEqualTo(new PartitionResult(ErrorCode.NONE, 2L * i, -1, 0));
    }
    assertThat(produce(0, 0, 2).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(test.cluster.endOffset(P0)).isEqualTo(12);
    assertThat(test.time.facts(Fact.Appended.class)).hasSize(12);
  }

  @ParameterizedTest(name = "epoch {0}, sequence {1}, {2} records: {3}")
  @CsvSource({
    "5, 3, 1, NONE", // the next
    "5, 4, 1, OUT_OF_ORDER_SEQUENCE_NUMBER", // a gap
    "5, 1, 1, OUT_OF_ORDER_SEQUENCE_NUMBER", // a part of what was there
    "5, 0, 3, NONE", // what was there
    "4, 3, 1, INVALID_PRODUCER_EPOCH",
    "6, 0, 1, NONE", // a new epoch
    "6, 3, 1, OUT_OF_ORDER_SEQUENCE_NUMBER", // a new epoch begins at 0
  })
  void afterThreeRecordsOfEpochFive(int epoch, int sequence, int count, ErrorCode expected) {
    assertThat(produce(5, 0, 3).error()).isEqualTo(ErrorCode.NONE);

    assertThat(produce(epoch, sequence, count).error()).isEqualTo(expected);
  }

  @Test
  void aProducerThatTheLogDoesNotKnowMayBeginAnywhere() {
    assertThat(produce(0, 17, 1).error()).isEqualTo(ErrorCode.NONE);
    assertThat(produce(0, 18, 1).error()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void sequenceNumbersBeginAgainAtZero() {
    assertThat(produce(0, Integer.MAX_VALUE - 1, 3).error()).isEqualTo(ErrorCode.NONE);
    assertThat(produce(0, Integer.MAX_VALUE - 1, 3).baseOffset()).isZero();
    assertThat(produce(0, 1, 1).baseOffset()).isEqualTo(3);

    assertThat(produce(0, 2, 1).error()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void producersAndPartitionsAreCountedApart() {
    produce(0, 0, 1);

    assertThat(test.produce(P0, batch(PRODUCER + 1, 0, 0, 1, "x")).baseOffset()).isEqualTo(1);
    assertThat(test.produce(P1, batch(PRODUCER, 0, 0, 1, "x")).baseOffset()).isZero();
  }

  @Test
  void theProducerHasItsAnswerBeforeTheFetchThatItWakes() {
    List<String> order = new ArrayList<>();
    test.cluster.handle(
        0,
        TestCluster.ADMIN,
        new io.heddle.simulator.protocol.FetchRequest(
            500, 1, 1_000, Map.of(P0, readFrom(P0, 0).fetch())),
        response -> order.add(response instanceof FetchResponse ? "fetch" : "?"));
    test.cluster.handle(
        0,
        TestCluster.ADMIN,
        new ProduceRequest((short) -1, 0, Map.of(P0, batch("a"))),
        response -> order.add("produce"));

    assertThat(order).containsExactly("produce", "fetch");
  }

  private PartitionResult produce(int epoch, int sequence, int count) {
    String[] values = new String[count];
    java.util.Arrays.fill(values, "v");
    return test.produce(P0, batch(PRODUCER, epoch, sequence, 1, values));
  }
}
