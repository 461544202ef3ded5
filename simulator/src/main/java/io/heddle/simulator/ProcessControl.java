package io.heddle.simulator;

import io.heddle.simulator.core.ClockSkew;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.trace.Trace;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What befalls processes: by name it befalls each life that there is. Not thread-safe. */
final class ProcessControl {
  private final Simulation simulation;
  private final Trace trace;
  private final Consumer<Fact> facts;
  private final Processes processes;

  ProcessControl(Simulation simulation, Trace trace, Consumer<Fact> facts, Processes processes) {
    this.simulation = simulation;
    this.trace = trace;
    this.facts = facts;
    this.processes = processes;
  }

  SimulatedProcess twin(String name) {
    SimulatedProcess twin = processes.twin(name);
    note("twin", twin, 0);
    return twin;
  }

  void pause(String name, Duration duration) {
    for (SimulatedProcess life : present(name)) {
      note("pause", life, duration.toMillis());
      simulation.pause(life.process(), duration.toNanos());
    }
  }

  void crash(String name) {
    present(name).forEach(this::crash);
  }

  void crash(SimulatedProcess life) {
    if (life.process().crashed()) {
      return;
    }
    note("crash", life, 0);
    facts.accept(new Fact.Crashed(simulation.nanoTime(), life.process().member()));
    simulation.crash(life.process());
  }

  boolean wakeUp(String name) {
    boolean any = false;
    for (SimulatedProcess life : present(name)) {
      note("wake-up", life, 0);
      any |= life.wakeUp();
    }
    return any;
  }

  void skewClock(String name, ClockSkew skew) {
    for (SimulatedProcess life : present(name)) {
      note("skew", life, skew.offsetNanos(simulation.nanoTime()) / 1_000_000);
      life.process().skewClock(skew);
    }
  }

  void note(String what, SimulatedProcess life, long number) {
    trace.event(simulation.nanoTime(), life.toString(), what, number, () -> "millis=" + number);
  }

  /** Those that live, or the last one, begun if there has been none. */
  private List<SimulatedProcess> present(String name) {
    List<SimulatedProcess> living = processes.living(name);
    return living.isEmpty() ? List.of(processes.get(name)) : living;
  }
}
