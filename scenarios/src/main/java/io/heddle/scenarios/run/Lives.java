package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Interjections;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The members of a simulated run, each from one start to its end. */
final class Lives {
  private record Life(SimulatedProcess process, Peer peer, MemberWatch watch) {
    /** Whether its process has not crashed; the next one of its name is another life. */
    boolean goesOn() {
      return !process.process().crashed();
    }
  }

  private final Set<String> started = new TreeSet<>();
  private final Map<String, Life> last = new LinkedHashMap<>();
  private final Map<String, MemberDisk> disks = new TreeMap<>();
  private final Set<Member> stopped = new HashSet<>();

  /** Its application is about to be started. */
  void starting(String name) {
    started.add(name);
  }

  /** Whether its application has ever been started. */
  boolean started(String name) {
    return started.contains(name);
  }

  /** Its disk, with what its former lives have written. */
  MemberDisk disk(String name, Runnable kept) {
    return disks.merge(name, MemberDisk.empty(kept), (before, fresh) -> before.ofNextLife(kept));
  }

  void begin(String name, SimulatedProcess process, Peer peer, MemberWatch watch) {
    last.put(name, new Life(process, peer, watch));
  }

  /** Changes a member's limits; returns why it cannot, or nothing. */
  String changeLimits(String name, Action.ChangeLimits limits) {
    Life life = last.get(name);
    if (life == null || !life.goesOn()) {
      return name + " was not there";
    }
    return life.peer()
        .limits()
        .map(
            change -> {
              var unused = life.process().start("limits", () -> change.accept(limits));
              return FaultActions.DONE;
            })
        .orElse(name + " has no limits that could change");
  }

  /** Begins to close a member; returns why it cannot, or nothing. */
  String stop(String name) {
    Life life = last.get(name);
    if (life == null || !life.goesOn()) {
      return name + " was not there";
    }
    if (!stopped.add(life.process().process().member())) {
      return name + " was stopped before";
    }
    var unused = life.process().start("stop", life.peer()::stop);
    return FaultActions.DONE;
  }

  /** Whether a member was stopped by itself, has ended, and has not been started again. */
  boolean hasLeft(String name) {
    Life life = last.get(name);
    return life != null
        && life.goesOn()
        && stopped.contains(life.process().process().member())
        && life.peer().isOver();
  }

  /** Begins to close every living member. */
  void stop() {
    forEach((name, life) -> life.peer().stop());
  }

  /** Asks the living members that are closed for what they still owe. */
  void closed() {
    forEach(
        (name, life) -> {
          if (life.peer().isOver()) {
            life.peer().closed();
          }
        });
  }

  /** The living members that are not closed yet. */
  List<String> open() {
    List<String> open = new ArrayList<>();
    forEach(
        (name, life) -> {
          if (!life.peer().isOver()) {
            open.add(name);
          }
        });
    return open;
  }

  /** Which living members have stopped by themselves, as clauses. */
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    forEach(
        (name, life) ->
            life.peer()
                .failure()
                .ifPresent(why -> failures.add(name + " stopped by itself: " + describe(why))));
    return failures;
  }

  private static String describe(Throwable why) {
    return why.getClass().getSimpleName() + ": " + why.getMessage();
  }

  /** Who has had no interjection for too long, as clauses. */
  List<String> overdue(Interjections asked) {
    List<String> overdue = new ArrayList<>();
    forEach(
        (name, life) ->
            life.watch().overdue(asked).forEach(clause -> overdue.add(name + ": " + clause)));
    return overdue;
  }

  /** Who has stopped, and what holds up commits, to be added to a message. */
  String blockers() {
    List<String> lines = failures();
    forEach((name, life) -> life.peer().blockers().forEach(each -> lines.add(name + " " + each)));
    return lines.isEmpty() ? "" : "; " + String.join(", ", lines);
  }

  private void forEach(BiConsumer<String, Life> action) {
    last.forEach(
        (name, life) -> {
          if (life.goesOn()) {
            action.accept(name, life);
          }
        });
  }
}
