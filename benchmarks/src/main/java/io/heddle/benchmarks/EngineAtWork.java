package io.heddle.benchmarks;

import java.util.Optional;

/** An arm that has been started. */
interface EngineAtWork extends AutoCloseable {

  /** Why it has given up, if it has. */
  Optional<Throwable> failure();

  /** Finishes what it has taken in, commits, and ends its threads. */
  @Override
  void close() throws Exception;
}
