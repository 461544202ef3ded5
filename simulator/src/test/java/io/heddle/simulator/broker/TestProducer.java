package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.EndTxnResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.ProduceResponse;
import io.heddle.simulator.protocol.RecordBatch;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import io.heddle.simulator.protocol.TxnOffsetCommitResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** A transactional producer that does what a test says, in whatever epoch it believes. */
final class TestProducer {
  private final TestCluster test;
  private final String transactionalId;
  private final Map<TopicPartition, Integer> sequences = new LinkedHashMap<>();
  long id = -1;
  short epoch = -1;

  TestProducer(TestCluster test, String transactionalId) {
    this.test = test;
    this.transactionalId = transactionalId;
  }

  /** A producer with an id and epoch. */
  static TestProducer initialized(TestCluster test, String transactionalId) {
    TestProducer producer = new TestProducer(test, transactionalId);
    ErrorCode error = producer.init(60_000);
    if (error != ErrorCode.NONE) {
      throw new AssertionError(error);
    }
    return producer;
  }

  ErrorCode init(int timeoutMs) {
    return init(new InitProducerIdRequest(Optional.of(transactionalId), timeoutMs));
  }

  /** Asks for the next epoch of the one it has. */
  ErrorCode bump() {
    return init(new InitProducerIdRequest(Optional.of(transactionalId), 60_000, id, epoch));
  }

  private ErrorCode init(InitProducerIdRequest request) {
    InitProducerIdResponse response =
        test.ask(coordinator(), TestCluster.ADMIN, request, InitProducerIdResponse.class).get();
    if (response.error() == ErrorCode.NONE) {
      is(response.producerId(), response.producerEpoch());
    }
    return response.error();
  }

  private void is(long newId, short newEpoch) {
    id = newId;
    epoch = newEpoch;
    sequences.clear();
  }

  int coordinator() {
    return test.cluster.operations().transactionCoordinatorOf(transactionalId);
  }

  /** Another that believes to be the same. */
  TestProducer twin() {
    TestProducer twin = new TestProducer(test, transactionalId);
    twin.id = id;
    twin.epoch = epoch;
    twin.sequences.putAll(sequences);
    return twin;
  }

  Answer<ProduceResponse> sending(TopicPartition partition, String... values) {
    int sequence = sequences.getOrDefault(partition, 0);
    sequences.put(partition, sequence + values.length);
    return test.ask(
        test.cluster.leaderOf(partition),
        TestCluster.ADMIN,
        new ProduceRequest(
            Optional.of(transactionalId),
            (short) -1,
            30_000,
            Map.of(partition, batch(id, epoch, sequence, values))),
        ProduceResponse.class);
  }

  static RecordBatch batch(long id, short epoch, int sequence, String... values) {
    RecordBatch plain = TestCluster.batch(id, epoch, sequence, 1_000_000, values);
    return new RecordBatch(
        0, -1, id, epoch, sequence, RecordBatch.Kind.TRANSACTIONAL, plain.records());
  }

  ErrorCode send(TopicPartition partition, String... values) {
    return errorOf(sending(partition, values), partition);
  }

  static ErrorCode errorOf(Answer<ProduceResponse> answer, TopicPartition partition) {
    return Objects.requireNonNull(answer.get().partitions().get(partition)).error();
  }

  ErrorCode commit() {
    return end(true);
  }

  ErrorCode abort() {
    return end(false);
  }

  private ErrorCode end(boolean committed) {
    EndTxnResponse response = ending(committed);
    if (response.error() == ErrorCode.NONE) {
      is(response.producerId(), response.producerEpoch());
    }
    return response.error();
  }

  /** Ends the transaction and forgets the answer. */
  EndTxnResponse ending(boolean committed) {
    return test.ask(
            coordinator(),
            TestCluster.ADMIN,
            new EndTxnRequest(transactionalId, id, epoch, committed),
            EndTxnResponse.class)
        .get();
  }

  ErrorCode commitOffset(
      String group, int generation, String memberId, TopicPartition partition, long offset) {
    TxnOffsetCommitResponse response =
        test.ask(
                test.cluster.coordinatorOf(group),
                TestCluster.ADMIN,
                new TxnOffsetCommitRequest(
                    transactionalId,
                    group,
                    id,
                    epoch,
                    generation,
                    memberId,
                    Optional.empty(),
                    Map.of(partition, new OffsetToCommit(offset, 0, ""))),
                TxnOffsetCommitResponse.class)
            .get();
    return Objects.requireNonNull(response.partitions().get(partition));
  }
}
