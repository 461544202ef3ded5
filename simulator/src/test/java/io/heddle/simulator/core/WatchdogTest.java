package io.heddle.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.history.Member;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a run does with a thread that leaves the simulation and does not come back. */
class WatchdogTest {
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final AtomicBoolean stopped = new AtomicBoolean();

  private static Simulation simulation(Duration wall) {
    return new Simulation(
        new SeededChoices(1), new Limits(Duration.ofHours(1), 1_000_000, wall, PATIENCE));
  }

  @AfterEach
  void stop() {
    stopped.set(true);
  }

  /** Its own loop, so that its stack can be looked for. */
  private boolean spin() {
    while (!stopped.get()) {
      Thread.onSpinWait();
    }
    return true;
  }

  @Test
  void namesAThreadThatSpinsAndWhere() {
    Simulation simulation = simulation(Duration.ofMinutes(1));
    SimProcess process = new SimProcess(new Member("m1", 1));

    assertThatThrownBy(
            () ->
                simulation.run(
                    () -> simulation.spawn(process, "busy", this::spin).join(Simulation.FOREVER)))
        .isInstanceOfSatisfying(
            SimulationFailure.class,
            failure -> assertThat(failure.reason()).isEqualTo(SimulationFailure.Reason.SPINNING))
        .hasMessageContaining("thread m1/busy has been busy for")
        .hasMessageContaining("let it wait in the simulation")
        .hasMessageContaining("WatchdogTest.spin");
    assertThat(simulation.ended()).isTrue();
  }

  @Test
  void theLimitOfRealTimeEndsTheRunOfAThreadThatSpins() {
    // Reached long before the thread counts as spinning.
    Simulation simulation = simulation(PATIENCE);

    assertThatThrownBy(() -> simulation.run(this::spin))
        .isInstanceOfSatisfying(
            SimulationFailure.class,
            failure -> assertThat(failure.reason()).isEqualTo(SimulationFailure.Reason.LIMIT))
        .hasMessageContaining("thread main does not end although the limit of 50 ms")
        .hasMessageContaining("WatchdogTest.spin");
  }

  @Test
  void namesWhoseQueueAThreadWaitsIn() {
    assertThatThrownBy(
            () ->
                simulation(Duration.ofMinutes(1))
                    .run(() -> new LinkedBlockingQueue<Boolean>().take()))
        .isInstanceOfSatisfying(
            SimulationFailure.class,
            failure ->
                assertThat(failure.reason()).isEqualTo(SimulationFailure.Reason.BLOCKED_OUTSIDE))
        .hasMessageContaining("inject the simulation's ExecutorService instead of this pool or");
  }

  @Test
  void leavesAThreadAloneThatWorksForAWhile() throws Exception {
    Simulation simulation = simulation(Duration.ofMinutes(1));
    long until = System.nanoTime() + 2 * PATIENCE.toNanos();

    assertThat(
            simulation.run(
                () -> {
                  while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                  }
                  simulation.sleep(1);
                  return true;
                }))
        .isTrue();
  }

  @Test
  void doesNotTakeWorkWithTheSimulationForSpinning() throws Exception {
    Simulation simulation = simulation(Duration.ofMinutes(1));
    // Longer than a thread may be busy with other things.
    long until = System.nanoTime() + 6 * PATIENCE.toNanos();

    assertThat(
            simulation.run(
                () -> {
                  int asked = 0;
                  while (System.nanoTime() < until) {
                    // As a producer does for each record, while nothing happens.
                    assertThat(simulation.waitQueue("an acknowledgement")).isNotNull();
                    asked++;
                  }
                  return asked;
                }))
        .isPositive();
  }
}
