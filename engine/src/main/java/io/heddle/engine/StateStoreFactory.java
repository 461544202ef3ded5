package io.heddle.engine;

import org.apache.kafka.common.TopicPartition;

/**
 * Makes the stores of partitions.
 *
 * @param <S> the stores
 */
@FunctionalInterface
public interface StateStoreFactory<S extends StateStore> {

  /**
   * Makes the store of a partition. It is empty, and its change log is read from the beginning;
   * unless it is a {@link PersistentStateStore}, which goes on from its {@link
   * PersistentStateStore#place}. Called on the thread that restores, each time the partition is
   * assigned.
   */
  S create(TopicPartition partition);
}
