package io.heddle.scenarios.run;

import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.core.WaitQueue;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a run on the simulated Kafka waits. Virtual time passes at once; in real time nothing waits
 * for long when somebody wants the end. {@link #await} is the run's own thread's, {@link #sleep}
 * anybody's.
 */
final class RunWaits {
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final long LONGEST_NANOS = Duration.ofMillis(50).toNanos();

  /** How long a run may take to come to a good end when it is interrupted. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(4).toNanos();

  private final Simulation simulation;
  private final BooleanSupplier interrupted;
  private final WaitQueue interruption;
  private long interruptedNanos = -1;

  RunWaits(Simulation simulation, BooleanSupplier interrupted) {
    this.simulation = simulation;
    this.interrupted = interrupted;
    this.interruption = simulation.waitQueue("the time at which faults stop");
  }

  /** Whether the run is not to go on: it is interrupted, and time would really pass. */
  boolean endsEarly() {
    return simulation.isRealTime() && interrupted.getAsBoolean();
  }

  /** Lets time pass, or what is left of it when the run is interrupted. */
  void sleep(long nanos) {
    if (!simulation.isRealTime()) {
      simulation.sleep(nanos);
      if (interrupted.getAsBoolean()) {
        interruption.signalAll();
      }
      return;
    }
    long until = simulation.nanoTime() + nanos;
    long left = nanos;
    while (left > 0 && !endsEarly()) {
      simulation.sleep(Math.min(left, LONGEST_NANOS));
      left = until - simulation.nanoTime();
    }
  }

  /**
   * Lets time pass, or what is left of it when the run is interrupted: in virtual time as soon as
   * somebody who sleeps notices. A day in which nothing is sent any more takes seconds, too.
   */
  void sleepUnlessInterrupted(long nanos) {
    if (simulation.isRealTime()) {
      sleep(nanos);
      return;
    }
    long until = simulation.nanoTime() + nanos;
    long left = nanos;
    do {
      var unused = interruption.await(left);
      left = until - simulation.nanoTime();
    } while (left > 0 && !interrupted.getAsBoolean());
  }

  /** Waits until the goal is reached; false if the time comes before, or patience ends. */
  boolean await(Duration until, BooleanSupplier goal) {
    while (!goal.getAsBoolean()) {
      long now = simulation.nanoTime();
      long left = until.toNanos() - now;
      if (endsEarly()) {
        interruptedNanos = interruptedNanos < 0 ? now : interruptedNanos;
        left = Math.min(left, interruptedNanos + PATIENCE_NANOS - now);
      }
      if (left <= 0) {
        return false;
      }
      simulation.sleep(Math.min(left, LOOK.toNanos()));
    }
    return true;
  }
}
