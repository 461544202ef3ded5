package io.heddle.engine;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The state of one partition, kept in memory or on a disk of this member and written down in a
 * change log, of which another member makes it again when the partition has moved there.
 *
 * <p>It is used by one thread at a time: first by the one that restores it, then by the partition's
 * strand, so it needs no lock. Events change it and tell of each change with {@link
 * EventContext#recordChange}. A store that is no {@link TransactionalStateStore} keeps what a
 * callback has written that then threw, and cannot be used with exactly-once delivery.
 */
public interface StateStore {

  /**
   * Takes a change from the change log, before the first event of the partition. Changes of a key
   * come in the order in which they were made; the last one counts, and one without a value is a
   * deletion.
   *
   * @throws Exception if it cannot be made sense of; the source then fails
   */
  void receiveChange(ConsumerRecord<byte[], byte[]> change) throws Exception;

  /**
   * The partition is gone: nobody will use this store again, and it can let go of what it holds.
   */
  default void revoked() {}
}
