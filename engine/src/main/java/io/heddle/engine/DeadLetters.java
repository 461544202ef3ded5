package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Makes dead letters: the record's key, value and headers as they were, and in further headers, as
 * UTF-8 text, where it came from and why it is here.
 */
final class DeadLetters {
  private static final String PREFIX = "heddle.dead-letter.";

  private DeadLetters() {}

  static ProducerRecord<byte[], byte[]> of(
      Event event, String topic, FailureStage stage, Exception failure) {
    ConsumerRecord<byte[], byte[]> input = event.input();
    // Without the record's timestamp: retention counts from the failure on.
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, null, input.key(), input.value(), input.headers());
    Headers headers = letter.headers();
    add(headers, "topic", input.topic());
    add(headers, "partition", String.valueOf(input.partition()));
    add(headers, "offset", String.valueOf(input.offset()));
    add(headers, "stage", stage.description());
    add(headers, "exception.class", failure.getClass().getName());
    add(headers, "exception.message", String.valueOf(failure.getMessage()));
    add(headers, "attempts", String.valueOf(event.attempts()));
    return letter;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(PREFIX + name, value.getBytes(UTF_8));
  }
}
