package io.heddle.simulator.client;

import io.heddle.simulator.core.Prompt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a producer's application of outcomes, one after the other, on a thread of its own. */
final class Callbacks {
  private final Executor executor;
  private final Consumer<Runnable> inside;
  private final Runnable afterwards;
  private @Nullable Thread teller;
  private int untold;

  /**
   * @param inside runs what tells, with the simulation to itself
   * @param afterwards run when something has been told
   */
  Callbacks(Executor executor, Consumer<Runnable> inside, Runnable afterwards) {
    this.executor = executor;
    this.inside = inside;
    this.afterwards = afterwards;
  }

  /**
   * Tells when everything before has been told.
   *
   * @param promptly whether no application code runs in it that could wait
   */
  void tell(Runnable telling, boolean promptly) {
    untold++;
    Runnable task = () -> inside.accept(() -> told(telling));
    executor.execute(promptly ? (Prompt) task::run : task);
  }

  private void told(Runnable telling) {
    teller = Thread.currentThread();
    try {
      telling.run();
    } finally {
      teller = null;
      untold--;
      afterwards.run();
    }
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
