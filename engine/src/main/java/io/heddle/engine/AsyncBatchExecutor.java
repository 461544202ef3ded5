package io.heddle.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Starts the work of a batch by a call that does not block. The keys are held until the stage
 * completes.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface AsyncBatchExecutor<K, V> {

  /**
   * Starts the work for all items, at least one; whoever completes the stage may leave an error or
   * data with each before. A stage that fails fails all items that have no error.
   *
   * @throws Exception to fail all items that have no error
   */
  CompletionStage<?> execute(List<BatchItem<K, V>> items) throws Exception;
}
