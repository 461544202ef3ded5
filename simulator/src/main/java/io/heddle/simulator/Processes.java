package io.heddle.simulator;

import io.heddle.simulator.core.ClockSkew;
import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The processes of a simulation by name, each in the lives that it has at present. */
final class Processes {
  private final Function<SimProcess, SimulatedProcess> maker;

  /** In the order in which they began: those that live, and the one that began last. */
  private final Map<String, List<SimulatedProcess>> lives = new LinkedHashMap<>();

  Processes(Function<SimProcess, SimulatedProcess> maker) {
    this.maker = maker;
  }

  /** The process of that name, the youngest that lives; the first call starts its first life. */
  SimulatedProcess get(String name) {
    List<SimulatedProcess> ofName = lives.get(name);
    if (ofName == null) {
      return begin(new Member(name, 1), ClockSkew.none());
    }
    for (int i = ofName.size() - 1; i >= 0; i--) {
      if (!ofName.get(i).process().crashed()) {
        return ofName.get(i);
      }
    }
    return last(ofName);
  }

  /** Those of that name that live, in the order in which they began. */
  List<SimulatedProcess> living(String name) {
    return lives.getOrDefault(name, List.of()).stream()
        .filter(life -> !life.process().crashed())
        .toList();
  }

  /** In the order of their first lives. */
  List<String> names() {
    return List.copyOf(lives.keySet());
  }

  /** Begins the next life of one that has crashed. */
  SimulatedProcess restart(String name) {
    List<SimulatedProcess> ofName = lives.get(name);
    if (ofName == null || !living(name).isEmpty()) {
      throw new IllegalStateException("process " + name + " has not crashed");
    }
    // It runs on the same machine again.
    return begin(next(last(ofName)), last(ofName).process().clockSkew());
  }

  /** Begins another life of one that lives, on a machine of its own. */
  SimulatedProcess twin(String name) {
    if (living(name).isEmpty()) {
      throw new IllegalStateException("process " + name + " is not alive");
    }
    return begin(next(last(lives.getOrDefault(name, List.of()))), ClockSkew.none());
  }

  private static SimulatedProcess last(List<SimulatedProcess> ofName) {
    return ofName.get(ofName.size() - 1);
  }

  private static Member next(SimulatedProcess before) {
    Member member = before.process().member();
    return new Member(member.name(), member.incarnation() + 1);
  }

  private SimulatedProcess begin(Member member, ClockSkew skew) {
    SimProcess process = new SimProcess(member);
    process.skewClock(skew);
    SimulatedProcess begun = maker.apply(process);
    List<SimulatedProcess> ofName = lives.computeIfAbsent(member.name(), name -> new ArrayList<>());
    ofName.removeIf(life -> life.process().crashed());
    ofName.add(begun);
    return begun;
  }

  void mendClocks() {
    lives
        .values()
        .forEach(ofName -> ofName.forEach(life -> life.process().skewClock(ClockSkew.none())));
  }
}
