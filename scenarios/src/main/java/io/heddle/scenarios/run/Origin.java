package io.heddle.scenarios.run;

import io.heddle.simulator.history.Fact;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The value of an output: of which record it was made, as {@code PARTITION|OFFSET|TOPIC}.
 *
 * @param input the partition of that record
 */
record Origin(TopicPartition input, long offset) {
  static Origin of(ConsumerRecord<?, ?> input) {
    return new Origin(new TopicPartition(input.topic(), input.partition()), input.offset());
  }

  /** The output that says so, with the key of what it was made of. */
  ProducerRecord<byte[], byte[]> output(String topic, String key) {
    return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value());
  }

  byte[] value() {
    String text = input.partition() + "|" + offset + "|" + input.topic();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What a reader of committed records has been given, if that is an output. */
  static Fact visible(ConsumerRecord<byte[], byte[]> output, long atNanos) {
    Origin origin = decode(output.value());
    return new Fact.Visible(
        atNanos,
        new TopicPartition(output.topic(), output.partition()),
        output.offset(),
        origin.input(),
        origin.offset());
  }

  static Origin decode(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    String[] parts = text.split("\\|", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not an output of a member: " + text);
    }
    return new Origin(
        new TopicPartition(parts[2], Integer.parseInt(parts[0])), Long.parseLong(parts[1]));
  }
}
