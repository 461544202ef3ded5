package io.heddle.scenarios.run;

import io.heddle.scenarios.result.RunResult.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the engine promises the application that it calls, as seen from within the application: how
 * large batches are, how many run, how often an attempt is made, what a failure is told as. It is
 * always watched, and only told of where it was broken. Thread-safe.
 */
final class Promises {
  private static final int ENOUGH = 20;

  private final LongSupplier nanoTime;
  private final Queue<Violation> broken = new ConcurrentLinkedQueue<>();

  /**
   * @param nanoTime since the run began
   */
  Promises(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes it down if this was not kept; what is said of it is put together only then. */
  void check(boolean kept, String promise, Supplier<String> message) {
    if (!kept && broken.size() < ENOUGH) {
      broken.add(
          new Violation(promise, message.get(), nanoTime.getAsLong() / 1_000_000, List.of()));
    }
  }

  /** What was broken, the first first. */
  List<Violation> broken() {
    return new ArrayList<>(broken);
  }
}
