package io.heddle.engine;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns a record into an event. Called on partition strands, for different partitions at once.
 *
 * @param <E> the decoded event
 */
@FunctionalInterface
public interface Decoder<E> {

  /**
   * Decodes one record.
   *
   * @throws Exception if the record cannot be read, which the source answers by its policy
   */
  E decode(ConsumerRecord<byte[], byte[]> record) throws Exception;
}
