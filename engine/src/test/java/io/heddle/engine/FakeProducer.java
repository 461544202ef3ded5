package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A transactional producer that writes down what it is asked for, and answers when a test says. */
final class FakeProducer extends MockProducer<byte[], byte[]> {
  /** What a transaction was. */
  record Written(List<String> values, Map<TopicPartition, Long> offsets, int generation) {}

  final String id;
  final List<Written> committed = new ArrayList<>();
  final List<Written> aborted = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  final Deque<RuntimeException> initFailures = new ArrayDeque<>();
  final Deque<RuntimeException> sendFailures = new ArrayDeque<>();
  final Deque<RuntimeException> offsetFailures = new ArrayDeque<>();
  final Deque<RuntimeException> commitFailures = new ArrayDeque<>();
  final Deque<RuntimeException> abortFailures = new ArrayDeque<>();
  boolean holdCommits;

  private final Baton baton;
  private List<String> values = new ArrayList<>();
  private Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
  private int generation;

  FakeProducer(Baton baton, String id) {
    super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    this.baton = baton;
    this.id = id;
  }

  private void call(String what, Deque<RuntimeException> failures) {
    calls.add(what);
    RuntimeException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void initTransactions() {
    call("init", initFailures);
    super.initTransactions();
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    values.add(new String(record.value(), UTF_8));
    RuntimeException failure = sendFailures.poll();
    if (failure != null) {
      if (callback != null) {
        callback.onCompletion(null, failure);
      }
      return CompletableFuture.failedFuture(failure);
    }
    return super.send(record, callback);
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> sent, ConsumerGroupMetadata group) {
    call("offsets", offsetFailures);
    sent.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    generation = group.generationId();
    super.sendOffsetsToTransaction(sent, group);
  }

  @Override
  public void commitTransaction() {
    if (holdCommits) {
      baton.park(() -> !holdCommits);
    }
    call("commit", commitFailures);
    super.commitTransaction();
    committed.add(end());
  }

  @Override
  public void abortTransaction() {
    call("abort", abortFailures);
    super.abortTransaction();
    aborted.add(end());
  }

  private Written end() {
    Written written = new Written(values, offsets, generation);
    values = new ArrayList<>();
    offsets = new LinkedHashMap<>();
    return written;
  }

  @Override
  public void close(Duration timeout) {
    if (!closed()) {
      super.close(timeout);
    }
  }
}
