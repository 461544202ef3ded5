package io.heddle.simulator.check;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Through this an application says what it does with its records, so that checkers can judge it.
 * Work on a record lies between {@code started} and {@code workEnded}; a record is {@code
 * completed} when its offset may be committed. The key is the one by which the application orders
 * its work.
 *
 * <p>Retries of a record belong into one piece of work: a second start without a new assignment is
 * a breach of order. Work that fails for good ends without being completed.
 *
 * <p>Where a log can be cut off, or a topic made anew, give the records themselves: an offset does
 * not tell a record from the one that has it afterwards.
 */
public interface Observer {
  /** Work on the record begins. */
  void started(TopicPartition partition, long offset, String key);

  /** Work on the record is over, well or badly. */
  void workEnded(TopicPartition partition, long offset, String key);

  /** The record needs no more work: its offset may be committed. */
  void completed(TopicPartition partition, long offset, String key);

  /** Work on the record is over, and the record complete. */
  default void ended(TopicPartition partition, long offset, String key) {
    workEnded(partition, offset, key);
    completed(partition, offset, key);
  }

  /** Work on the record begins. */
  default void started(ConsumerRecord<?, ?> record, String key) {
    started(partitionOf(record), record.offset(), key);
  }

  /** Work on the record is over, well or badly. */
  default void workEnded(ConsumerRecord<?, ?> record, String key) {
    workEnded(partitionOf(record), record.offset(), key);
  }

  /** The record needs no more work: its offset may be committed. */
  default void completed(ConsumerRecord<?, ?> record, String key) {
    completed(partitionOf(record), record.offset(), key);
  }

  /** Work on the record is over, and the record complete. */
  default void ended(ConsumerRecord<?, ?> record, String key) {
    workEnded(record, key);
    completed(record, key);
  }

  /** Does the work on the record, which is complete unless the work throws. */
  default void processed(ConsumerRecord<?, ?> record, String key, Runnable work) {
    started(record, key);
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      workEnded(record, key);
      throw failure;
    }
    ended(record, key);
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
