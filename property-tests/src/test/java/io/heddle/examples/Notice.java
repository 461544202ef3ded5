package io.heddle.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the sample applications are about.
 *
 * @param key whom it concerns
 * @param text what it says
 */
public record Notice(String key, String text) {

  /** Reads a notice out of a record's key and value. */
  public static Notice decode(ConsumerRecord<byte[], byte[]> record) {
    return new Notice(new String(record.key(), UTF_8), new String(record.value(), UTF_8));
  }
}
