package io.heddle.campaign.clients;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** The steps of transactional producers. */
final class TransactionSteps {
  private TransactionSteps() {}

  /** What is called of a producer. */
  @FunctionalInterface
  interface Call {
    /** Calls it. */
    void on(Producer<String, String> producer);
  }

  /** The call, and what came of everything that was sent before. */
  private static Step call(String name, String method, Call call) {
    return new Step(
        "Producer." + method,
        name + "." + method + "()",
        stage -> {
          ProducerActor actor = stage.producer(name);
          String came = "done";
          try {
            call.on(actor.producer);
          } catch (RuntimeException thrown) {
            came = "throws " + Failure.of(thrown);
          }
          return came;
        });
  }

  static Step init(String name) {
    return call(name, "initTransactions", Producer::initTransactions);
  }

  static Step begin(String name) {
    return call(name, "beginTransaction", Producer::beginTransaction);
  }

  /** Commits or aborts, and tells what came of everything that was sent. */
  static Step end(String name, boolean commit) {
    Step ended =
        commit
            ? call(name, "commitTransaction", Producer::commitTransaction)
            : call(name, "abortTransaction", Producer::abortTransaction);
    return new Step(
        ended.api(),
        ended.text(),
        stage -> {
          String came = ended.act().on(stage);
          return came + "; " + stage.producer(name).await();
        });
  }

  /** Sends offsets on behalf of a consumer. */
  static Step sendOffsets(String name, Map<TopicPartition, Long> offsets, String consumer) {
    return new Step(
        "Producer.sendOffsetsToTransaction",
        name + ".sendOffsetsToTransaction(" + offsets + ", " + consumer + ")",
        stage ->
            send(
                stage,
                stage.producer(name),
                offsets,
                stage.consumer(consumer).consumer.groupMetadata()));
  }

  private static String send(
      Stage stage,
      ProducerActor actor,
      Map<TopicPartition, Long> inTrace,
      ConsumerGroupMetadata group) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    inTrace.forEach(
        (partition, offset) ->
            offsets.put(stage.partition(partition), new OffsetAndMetadata(offset)));
    actor.producer.sendOffsetsToTransaction(offsets, group);
    return "done";
  }
}
