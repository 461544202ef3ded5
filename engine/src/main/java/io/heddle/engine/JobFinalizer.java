package io.heddle.engine;

import org.jspecify.annotations.Nullable;

/**
 * What happens with a job's event once its work is done. Runs on the strand of the event's
 * partition, for one key in the order of scheduling; it must not block. It may hand the event on by
 * returning another scheduler's {@code schedule}.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface JobFinalizer<K, V> {

  /**
   * Ends or continues the event.
   *
   * @param failure what the processor threw or its stage failed with, or null
   * @throws Exception to fail the event, which the source answers by its failure policy
   */
  ExecutionState finish(EventContext context, K key, V value, @Nullable Exception failure)
      throws Exception;
}
