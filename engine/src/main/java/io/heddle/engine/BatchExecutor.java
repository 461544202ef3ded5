package io.heddle.engine;

import java.util.List;

/**
 * Does the work of a batch, on a thread that may block. A key is in one running batch at a time;
 * items of one key are in order.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface BatchExecutor<K, V> {

  /**
   * Does the work for all items, at least one, and may leave an error or data with each.
   *
   * @throws Exception to fail all items that have no error
   */
  void execute(List<BatchItem<K, V>> items) throws Exception;
}
