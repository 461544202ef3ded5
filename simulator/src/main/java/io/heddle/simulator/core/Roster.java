package io.heddle.simulator.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The threads of a simulation: those that live, in the order in which they were started, the spare
 * ones among them, and those that the application has not started yet.
 */
final class Roster {
  private final Carriers carriers = new Carriers();
  private final Set<SimThread> live = new LinkedHashSet<>();
  private final Deque<SimThread> spares = new ArrayDeque<>();
  private final List<SimThread> unstarted = new ArrayList<>();
  private final Consumer<SimThread> started;
  private int spareCount;

  /**
   * @param started told of each thread that the application has started
   */
  Roster(Consumer<SimThread> started) {
    this.started = started;
  }

  /** The thread lives from now on; its body waits for its first turn by itself. */
  void start(SimThread thread, Runnable body) {
    live.add(thread);
    carriers.carry(thread, body).start();
  }

  /** A real thread that the application starts when it wants to. */
  Thread unstarted(SimThread thread, Runnable body) {
    Thread carrier = carriers.carry(thread, body);
    unstarted.add(thread);
    return carrier;
  }

  /**
   * Takes in those whom the application has started since, and tells of each: threads of a factory
   * start when the application says so, and that is noticed at its next call.
   */
  void noteStarts() {
    if (unstarted.isEmpty()) {
      return;
    }
    for (SimThread thread : List.copyOf(unstarted)) {
      if (thread.thread().getState() != Thread.State.NEW) {
        unstarted.remove(thread);
        live.add(thread);
        started.accept(thread);
      }
    }
  }

  /** A spare thread that has nothing to do; a new one, with that body, if there is none. */
  SimThread spare(Consumer<SimThread> body) {
    SimThread spare = spares.poll();
    if (spare == null) {
      SimThread created = new SimThread("spare-" + ++spareCount, null);
      start(created, () -> body.accept(created));
      return created;
    }
    return spare;
  }

  /** A spare thread has nothing to do any more. */
  void rest(SimThread spare) {
    spares.push(spare);
  }

  void leave(SimThread thread) {
    live.remove(thread);
  }

  boolean lives(SimThread thread) {
    return live.contains(thread);
  }

  /** Those that live now. */
  List<SimThread> live() {
    return List.copyOf(live);
  }

  /** Those that live and work for that process. */
  List<SimThread> liveOf(SimProcess process) {
    return live.stream().filter(thread -> thread.process() == process).toList();
  }

  /** Who waits for what. */
  String waiting() {
    List<String> lines = new ArrayList<>();
    for (SimThread thread : live) {
      SimProcess process = thread.process();
      lines.add(
          (process == null ? "" : process + "/") + thread.name() + " for " + thread.waitingFor());
    }
    return String.join("; ", lines);
  }
}
