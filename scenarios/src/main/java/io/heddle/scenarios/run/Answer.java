package io.heddle.scenarios.run;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One of the outputs that answer a record outside of a transaction. Its key says so, as {@code
 * PARTITION|OFFSET|PART|done|TOPIC}: that is what is seen of a record when a log takes it.
 *
 * @param input the partition of the record
 * @param part which of its outputs, from 0
 * @param failed whether it was made by an attempt that failed, so that it must not be sent
 */
record Answer(TopicPartition input, long offset, int part, boolean failed) {
  private static final String DONE = "done";
  private static final String FAILED = "failed";
  private static final int FIELDS = 5;

  static Answer of(ConsumerRecord<?, ?> input, int part, boolean failed) {
    TopicPartition partition = new TopicPartition(input.topic(), input.partition());
    return new Answer(partition, input.offset(), part, failed);
  }

  /** The record to send, to any partition. */
  ProducerRecord<byte[], byte[]> in(String topic) {
    byte[] key = key().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, key, new Origin(input, offset).value());
  }

  private String key() {
    return String.join(
        "|",
        String.valueOf(input.partition()),
        String.valueOf(offset),
        String.valueOf(part),
        failed ? FAILED : DONE,
        input.topic());
  }

  /** What the key says; empty if it is none of ours. */
  static Optional<Answer> decode(String key) {
    String[] fields = key.split("\\|", FIELDS);
    if (fields.length != FIELDS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Answer(
              new TopicPartition(fields[4], Integer.parseInt(fields[0])),
              Long.parseLong(fields[1]),
              Integer.parseInt(fields[2]),
              fields[3].equals(FAILED)));
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }
}
