package io.heddle.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the partitions that were given away while something of them still ran. The source's own
 * pools are kept for these until the last one has ended, even if the source has closed.
 * Thread-safe.
 */
final class Stragglers {
  private final AtomicInteger count = new AtomicInteger(1);
  private final EngineRuntime runtime;

  Stragglers(EngineRuntime runtime) {
    this.runtime = runtime;
  }

  /** One more was given away too early. */
  void left() {
    count.incrementAndGet();
  }

  /** Nothing of one of them runs any more; or, called once, of the source itself. */
  void gone() {
    if (count.decrementAndGet() == 0) {
      runtime.shutdownOwnedPools();
    }
  }
}
