package io.heddle.engine;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One event on its way through the engine.
 *
 * <p>Handlers and finalizers of a partition never overlap: they run on its strand. Everything here
 * except {@link #asyncJobComplete} and the plain accessors is for them alone.
 */
public sealed interface EventContext permits Event {

  /**
   * The record that made this event. Any thread.
   *
   * @throws IllegalStateException if this is an interjection, which nothing made
   */
  ConsumerRecord<byte[], byte[]> input();

  /** Whether this is an interjection, and so has no {@link #input()}. Any thread. */
  boolean isInterjection();

  /** The partition the event came from. Any thread. */
  TopicPartition topicPartition();

  /** The offset of {@link #input()}, or -1 for an interjection. Any thread. */
  long offset();

  /**
   * Sends a record as part of this event once the handler or finalizer that calls this returns; if
   * it throws instead, nothing of it is sent. The event is complete only when every record it
   * forwarded is acknowledged; a send that fails for good is the event's failure.
   *
   * @throws IllegalStateException if called outside this event's handler or finalizer
   */
  void forward(ProducerRecord<byte[], byte[]> record);

  /**
   * The store of this event's partition. What it holds must not leave the handler or finalizer that
   * asks, least of all to a processor, which runs beside the strand.
   *
   * @throws IllegalStateException if called outside this event's handler or finalizer
   * @throws IllegalArgumentException if the store is of another source
   */
  <S extends StateStore> S store(StoreHandle<S> handle);

  /**
   * Writes a change of a store to its change log, as {@link #forward} writes a record: the event is
   * complete only when it is acknowledged, and with exactly-once delivery it is part of the event's
   * transaction. Changes are written in the order in which they are made. The producer's own
   * retries are the only ones, since a later one could overtake another change of the entry: a
   * change that cannot be written stops the source.
   *
   * @throws StoreAccessException if an event behind this one has accessed the entry
   * @throws IllegalStateException if called outside this event's handler or finalizer
   * @throws IllegalArgumentException if the store is of another source
   */
  void recordChange(StoreHandle<?> handle, ChangeLogEntry change);

  /**
   * Ends the asynchronous part of an event whose handler or finalizer returned, or is about to
   * return, {@link ExecutionState#INCOMPLETE}. Any thread.
   *
   * <p>The finalizer runs later on the partition's strand, and its result is the event's. If the
   * partition has been revoked or lost meanwhile, the call does nothing.
   *
   * @throws IllegalStateException if nobody waits for a completion: the event is complete, has been
   *     completed since it was last left incomplete, or belongs to a scheduler
   */
  void asyncJobComplete(Supplier<ExecutionState> finalizer);
}
