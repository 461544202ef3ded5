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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;

/** The members of a simulated run, each from one start to its end. */
final class Lives {
  private record Life(SimulatedProcess process, Peer peer, MemberWatch watch) {
    /** Whether its process has not crashed; the next one of its name is another life. */
    boolean goesOn() {
      return !process.process().crashed();
    }

    Member member() {
      return process.process().member();
    }
  }

  private final Set<String> started = new TreeSet<>();

  /** Those that go on, and of twins both, in the order in which they began. */
  private final Map<String, List<Life>> lives = new LinkedHashMap<>();

  private final Map<String, MemberDisk> disks = new TreeMap<>();
  private final Set<Member> stopped = new HashSet<>();
  private final Set<Member> contested = new HashSet<>();
  private final List<String> failedBefore = new ArrayList<>();

  /** Its application is about to be started. */
  void starting(String name) {
    started.add(name);
  }

  /** Whether its application has ever been started. */
  boolean started(String name) {
    return started.contains(name);
  }

  /** Its disk, with what its former lives have written; a twin of a living one is elsewhere. */
  MemberDisk disk(String name, Runnable kept) {
    if (!living(name).isEmpty()) {
      return MemberDisk.empty(kept);
    }
    return disks.merge(name, MemberDisk.empty(kept), (before, fresh) -> before.ofNextLife(kept));
  }

  void begin(String name, SimulatedProcess process, Peer peer, MemberWatch watch) {
    List<Life> ofName = lives.computeIfAbsent(name, each -> new ArrayList<>());
    ofName.removeIf(life -> !life.goesOn());
    ofName.add(new Life(process, peer, watch));
  }

  private List<Life> living(String name) {
    return lives.getOrDefault(name, List.of()).stream().filter(Life::goesOn).toList();
  }

  private Optional<Life> find(SimulatedProcess process) {
    return living(process.process().member().name()).stream()
        .filter(life -> life.process() == process)
        .findFirst();
  }

  /** Whether this process lives, and its application has begun. */
  boolean hasBegun(SimulatedProcess process) {
    return find(process).isPresent();
  }

  /** Whether this process lives, and its application is closed or has stopped by itself. */
  boolean isOver(SimulatedProcess process) {
    return find(process).filter(life -> life.peer().isOver()).isPresent();
  }

  /** Two have one instance id: that the group has none of the one or the other is no failure. */
  void areTwins(SimulatedProcess elder, SimulatedProcess younger) {
    contested.add(elder.process().member());
    contested.add(younger.process().member());
  }

  /** The group has put another life in its place: that it stops then is no failure. */
  void fenced(Member member) {
    contested.add(member);
  }

  /** The process is about to be ended, and will not be asked again why it had stopped. */
  void ends(SimulatedProcess process) {
    find(process).flatMap(this::failure).ifPresent(failedBefore::add);
  }

  /** Changes a member's limits; returns why it cannot, or nothing. */
  String changeLimits(String name, Action.ChangeLimits limits) {
    List<Life> living = living(name);
    if (living.isEmpty()) {
      return name + " was not there";
    }
    boolean changed = false;
    for (Life life : living) {
      Optional<Consumer<Action.ChangeLimits>> change = life.peer().limits();
      change.ifPresent(
          each -> {
            var unused = life.process().start("limits", () -> each.accept(limits));
          });
      changed |= change.isPresent();
    }
    return changed ? FaultActions.DONE : name + " has no limits that could change";
  }

  /** Begins to close a member; returns why it cannot, or nothing. */
  String stop(String name) {
    List<Life> living = living(name);
    if (living.isEmpty()) {
      return name + " was not there";
    }
    boolean any = false;
    for (Life life : living) {
      any |= stop(life);
    }
    return any ? FaultActions.DONE : name + " was stopped before";
  }

  /** Begins to close this one; returns whether it is there and was not stopped before. */
  boolean stop(SimulatedProcess process) {
    return find(process).filter(this::stop).isPresent();
  }

  private boolean stop(Life life) {
    if (!stopped.add(life.member())) {
      return false;
    }
    var unused = life.process().start("stop", life.peer()::stop);
    return true;
  }

  /** Whether a member was stopped by itself, has ended, and has not been started again. */
  boolean hasLeft(String name) {
    List<Life> living = living(name);
    return !living.isEmpty()
        && living.stream()
            .allMatch(life -> stopped.contains(life.member()) && life.peer().isOver());
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
    List<String> failures = new ArrayList<>(failedBefore);
    forEach((name, life) -> failure(life).ifPresent(failures::add));
    return failures;
  }

  private Optional<String> failure(Life life) {
    return life.peer()
        .failure()
        .filter(why -> !(contested.contains(life.member()) && isAboutItsInstance(why)))
        .map(why -> life.member().name() + " stopped by itself: " + describe(why));
  }

  private static boolean isAboutItsInstance(Throwable failure) {
    boolean found = false;
    for (Throwable why = failure; why != null && !found; why = why.getCause()) {
      found =
          why instanceof FencedInstanceIdException || why instanceof UnreleasedInstanceIdException;
    }
    return found;
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
    lives.keySet().forEach(name -> living(name).forEach(life -> action.accept(name, life)));
  }
}
