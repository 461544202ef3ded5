package io.heddle.simulator.network;

import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.core.WaitQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where requests are held on their way until somebody lets them go. What was sent behind a held
 * request on its connection waits as well, as TCP has it. Not thread-safe: whoever has the turn
 * uses it.
 */
public final class Barrier {
  private final Simulation simulation;
  private final WaitQueue entries;
  private final List<Runnable> held = new ArrayList<>();
  private boolean entered;
  private boolean open;

  /**
   * A closed barrier that nothing has entered; {@code name} is told when somebody waits in vain.
   */
  public Barrier(Simulation simulation, String name) {
    this.simulation = simulation;
    this.entries = simulation.waitQueue("a request to enter " + name);
  }

  /** Waits in virtual time until a request is or has been held here. */
  public void awaitEntered() {
    awaitEntered(Duration.ofNanos(Simulation.FOREVER));
  }

  /**
   * Waits as {@link #awaitEntered()} does, at the latest for so long.
   *
   * @return whether a request is or has been held here
   */
  public boolean awaitEntered(Duration atMost) {
    return entered || entries.await(atMost.toNanos());
  }

  /** How many requests are held now. */
  public int held() {
    return held.size();
  }

  /**
   * Lets go what is held; what comes later is not held.
   *
   * @throws IllegalStateException if nothing has been held yet: the fault would not have happened
   */
  public void release() {
    if (!entered) {
      throw new IllegalStateException(
          "nothing has entered the barrier yet: wait with awaitEntered() first");
    }
    open();
  }

  /** Lets go what is held, if anything is; what comes later is not held. */
  public void open() {
    open = true;
    List<Runnable> freed = List.copyOf(held);
    held.clear();
    for (Runnable passage : freed) {
      simulation.after(0, null, passage);
    }
  }

  /** Holds a request; {@code passage} is run once, at once if the barrier is open. */
  void hold(Runnable passage) {
    if (open) {
      passage.run();
      return;
    }
    entered = true;
    held.add(passage);
    entries.signalAll();
  }
}
