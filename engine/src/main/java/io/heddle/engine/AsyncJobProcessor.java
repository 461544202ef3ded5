package io.heddle.engine;

import java.util.concurrent.CompletionStage;

/**
 * The work of a job, started by a call that does not block. The key is held until the stage
 * completes, so that for one key one job is under way at a time, in the order of scheduling.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface AsyncJobProcessor<K, V> {

  /**
   * Starts the work.
   *
   * @throws Exception to hand it to the finalizer, as a failed stage is
   */
  CompletionStage<?> process(K key, V value) throws Exception;
}
