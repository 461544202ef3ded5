package io.heddle.simulator.client;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Tells a producer's application of outcomes, one after the other, on a thread of its own. */
final class Callbacks {
  private final Executor executor;
  private final Runnable afterwards;
  private @Nullable Thread teller;
  private int untold;

  Callbacks(Executor executor, Runnable afterwards) {
    this.executor = executor;
    this.afterwards = afterwards;
  }

  void tell(Runnable telling) {
    untold++;
    executor.execute(
        () -> {
          teller = Thread.currentThread();
          try {
            telling.run();
          } finally {
            teller = null;
            untold--;
            afterwards.run();
          }
        });
  }

  /** Whether everything has been told. */
  boolean idle() {
    return untold == 0;
  }

  /** Whether it is a callback that asks. */
  boolean inCallback() {
    return teller != null && Thread.currentThread().equals(teller);
  }
}
