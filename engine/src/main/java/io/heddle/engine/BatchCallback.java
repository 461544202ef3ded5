package io.heddle.engine;

/**
 * What happens with an event once all its batch items are done. Runs on the strand of the event's
 * partition, for one key in the order of adding; it must not block. It may hand the event on by
 * returning a scheduler's {@code schedule} or a batcher's {@code add}.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface BatchCallback<K, V> {

  /**
   * Ends or continues the event. Items that failed have an error.
   *
   * @throws Exception to fail the event, which the source answers as it does for finalizers
   */
  ExecutionState complete(EventContext context, BatchItems<K, V> items) throws Exception;
}
