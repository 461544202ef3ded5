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
