package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.client.PromptCallback;
import io.heddle.simulator.core.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class PromptCallbackTest {
  private final SimulatedKafka kafka = SimulatedKafka.withSeed(7);
  private final List<Object> told = new ArrayList<>();

  private void send(Callback... callbacks) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("out", 1);
          try (Producer<byte[], byte[]> producer = kafka.process("p").producer(Map.of())) {
            for (Callback callback : callbacks) {
              var unused = producer.send(new ProducerRecord<>("out", new byte[1]), callback);
              producer.flush();
            }
          }
        });
  }

  @Test
  void isToldWithoutAThreadOfItsOwn() throws Exception {
    PromptCallback prompt = (metadata, failure) -> told.add(Thread.currentThread());
    Callback usual = (metadata, failure) -> told.add(Thread.currentThread());

    send(prompt, usual, prompt);

    // Once somebody else drives, the next one is told on that thread.
    assertThat(told.get(0)).isNotSameAs(told.get(1));
    assertThat(told.get(2)).isIn(told.get(0), told.get(1));
  }

  @Test
  void makesNoDifferenceToTheHistory() throws Exception {
    String hash = historyOf((PromptCallback) (metadata, failure) -> told.add(metadata.offset()));
    List<Object> promptly = List.copyOf(told);
    told.clear();

    assertThat(historyOf((metadata, failure) -> told.add(metadata.offset()))).isEqualTo(hash);
    assertThat(told).isEqualTo(promptly).hasSize(300);
  }

  private static String historyOf(Callback callback) throws Exception {
    SimulatedKafka kafka = SimulatedKafka.withSeed(11);
    kafka.run(
        () -> {
          kafka.createTopic("out", 3);
          try (Producer<byte[], byte[]> producer =
              kafka.process("p").producer(Map.of("linger.ms", 5))) {
            for (int i = 0; i < 300; i++) {
              var unused =
                  producer.send(new ProducerRecord<>("out", i % 3, null, new byte[1]), callback);
              if (i % 7 == 0) {
                kafka.simulation().sleep(3_000_000);
              }
            }
          }
        });
    return kafka.traceHash();
  }

  @Test
  void comesAfterThoseBeforeItWhateverTheyAre() throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("out", 1);
          Map<String, Object> one = Map.of("batch.size", 0);
          try (Producer<byte[], byte[]> producer = kafka.process("p").producer(one)) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("out", new byte[1]);
            var first =
                producer.send(
                    record,
                    (metadata, failure) -> {
                      kafka.simulation().sleep(50_000_000);
                      told.add(metadata.offset());
                    });
            PromptCallback prompt = (metadata, failure) -> told.add(metadata.offset());
            var second = producer.send(record, prompt);
            assertThat(second.get().offset()).isEqualTo(1);
            assertThat(first.isDone()).isTrue();
          }
        });

    assertThat(told).containsExactly(0L, 1L);
  }

  @Test
  void endsTheRunWhenItWaitsAfterAll() {
    PromptCallback waits = (metadata, failure) -> kafka.simulation().sleep(1);

    assertThatThrownBy(() -> send(waits))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("must not wait");
  }

  @Test
  void mayNotFlushEither() throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("out", 1);
          try (Producer<byte[], byte[]> producer = kafka.process("p").producer(Map.of())) {
            PromptCallback flushes =
                (metadata, failure) ->
                    assertThatThrownBy(producer::flush)
                        .isInstanceOfSatisfying(KafkaException.class, told::add);
            var sent = producer.send(new ProducerRecord<>("out", new byte[1]), flushes);
            sent.get();
          }
        });

    assertThat(told).hasSize(1);
  }

  @Test
  void mayWaitInRealTime() throws Exception {
    try (RealTimeKafka real = RealTimeKafka.withSeed(7)) {
      real.createTopic("out", 1);
      try (Producer<byte[], byte[]> producer = real.process("p").producer(Map.of())) {
        PromptCallback waits =
            (metadata, failure) -> {
              real.process("p").runtime().sleep(1_000_000);
              told.add(metadata.offset());
            };
        var unused = producer.send(new ProducerRecord<>("out", new byte[1]), waits).get();
      }
    }

    assertThat(told).containsExactly(0L);
  }

  @Test
  void anyTaskOfAnExecutorCanBePrompt() throws Exception {
    kafka.run(
        () -> {
          ExecutorService executor = kafka.process("p").runtime().executor("pool", 1);
          executor.execute((Prompt) () -> told.add(Thread.currentThread()));
          executor.execute(() -> told.add("usual"));
          executor.execute((Prompt) () -> told.add("prompt"));
          Thread self = Thread.currentThread();
          kafka.simulation().sleep(1_000_000);
          assertThat(told).containsExactly(self, "usual", "prompt");
        });
  }
}
