package io.heddle.engine;

/**
 * The work of a job, done by a thread that may block. For one key it runs one job at a time, in the
 * order in which they were scheduled.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface JobProcessor<K, V> {

  /**
   * Does the work.
   *
   * @throws Exception to hand it to the finalizer
   */
  void process(K key, V value) throws Exception;
}
