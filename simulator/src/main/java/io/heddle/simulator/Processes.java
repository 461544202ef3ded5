package io.heddle.simulator;

import io.heddle.simulator.core.ClockSkew;
import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.history.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The processes of a simulation by name, each in its present life. */
final class Processes {
  private final Function<SimProcess, SimulatedProcess> maker;
  private final Map<String, SimulatedProcess> living = new LinkedHashMap<>();

  Processes(Function<SimProcess, SimulatedProcess> maker) {
    this.maker = maker;
  }

  /** The process of that name; the first call starts its first life. */
  SimulatedProcess get(String name) {
    SimulatedProcess process = living.get(name);
    return process == null ? begin(new Member(name, 1)) : process;
  }

  /** In the order of their first lives. */
  List<String> names() {
    return List.copyOf(living.keySet());
  }

  SimulatedProcess restart(String name) {
    SimulatedProcess before = living.get(name);
    if (before == null || !before.process().crashed()) {
      throw new IllegalStateException("process " + name + " has not crashed");
    }
    return begin(new Member(name, before.process().member().incarnation() + 1));
  }

  private SimulatedProcess begin(Member member) {
    SimProcess process = new SimProcess(member);
    SimulatedProcess before = living.get(member.name());
    if (before != null) {
      // It runs on the same machine again.
      process.skewClock(before.process().clockSkew());
    }
    SimulatedProcess begun = maker.apply(process);
    living.put(member.name(), begun);
    return begun;
  }

  void mendClocks() {
    living.values().forEach(process -> process.process().skewClock(ClockSkew.none()));
  }
}
