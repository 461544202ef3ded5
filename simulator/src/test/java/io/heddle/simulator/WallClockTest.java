package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.core.ClockSkew;
import io.heddle.simulator.core.SimClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Clients go by the wall clock of their process, however wrong it is. */
class WallClockTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
  private static final long TOLERANCE_MS = 1_000;

  private final SimulatedKafka kafka = SimulatedKafka.builder(1).build();

  private long sentBy(SimulatedProcess process) throws Exception {
    try (Producer<byte[], byte[]> producer = process.producer(Map.of())) {
      ProducerRecord<byte[], byte[]> order =
          new ProducerRecord<>(ORDERS.topic(), ORDERS.partition(), null, new byte[1]);
      return producer.send(order).get().timestamp() - SimClock.START.toEpochMilli();
    }
  }

  @Test
  void recordsHaveTheTimeOfTheirProducersProcess() throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic(ORDERS.topic(), 1);
          kafka.process("fast");
          kafka.skewClock("fast", ClockSkew.constant(Duration.ofMinutes(30)));

          assertThat(sentBy(kafka.process("right"))).isBetween(0L, TOLERANCE_MS);
          assertThat(sentBy(kafka.process("fast"))).isBetween(1_800_000L, 1_800_000 + TOLERANCE_MS);
        });
  }

  @Test
  void aConsumerGoesBackFromTheTimeOfItsProcess() throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic(ORDERS.topic(), 1);
          sentBy(kafka.process("first"));
          kafka.simulation().sleep(Duration.ofHours(2).toNanos());
          sentBy(kafka.process("second"));
          kafka.process("slow");
          kafka.skewClock("slow", ClockSkew.constant(Duration.ofHours(-1)));

          assertThat(startOf(kafka.process("right"))).isEqualTo(1);
          assertThat(startOf(kafka.process("slow"))).isZero();
        });
  }

  private static long startOf(SimulatedProcess process) {
    Map<String, Object> config =
        Map.of(
            "auto.offset.reset", "by_duration:PT90M",
            "key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer",
            "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    try (Consumer<byte[], byte[]> consumer = process.consumer(config)) {
      consumer.assign(List.of(ORDERS));
      return consumer.position(ORDERS);
    }
  }
}
