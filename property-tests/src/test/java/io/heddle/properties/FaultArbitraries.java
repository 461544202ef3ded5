package io.heddle.properties;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Trigger;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What goes wrong. Each plan leaves whole kinds of faults out, since faults mask each other. All
 * plans leave an application that is correct a way to finish: the first member is never taken away
 * for good, and the broker answers only with errors that a client of Kafka survives. Shrinks
 * towards nothing.
 */
final class FaultArbitraries {
  /** No fault is injected from this time on. */
  static final Duration LAST = Duration.ofSeconds(15);

  /** No process stands still for longer. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private static final int LAST_MS = (int) LAST.toMillis();
  private static final int MOST_FAULTS = 8;
  private static final int MOST_MEMBERS = 4;
  private static final Map<Api, List<String>> SURVIVED = survived();

  private FaultArbitraries() {}

  private static Map<Api, List<String>> survived() {
    EnumMap<Api, List<String>> errors = new EnumMap<>(Api.class);
    String generation = "REBALANCE_IN_PROGRESS UNKNOWN_MEMBER_ID";
    String coordinator = "NOT_COORDINATOR COORDINATOR_NOT_AVAILABLE";
    String loading = "COORDINATOR_LOAD_IN_PROGRESS";
    String fenced = "ILLEGAL_GENERATION";
    String leader = "NOT_LEADER_OR_FOLLOWER KAFKA_STORAGE_ERROR";
    errors.put(Api.FETCH, names(leader, "UNKNOWN_TOPIC_OR_PARTITION"));
    errors.put(Api.LIST_OFFSETS, names(leader));
    errors.put(Api.METADATA, names("LEADER_NOT_AVAILABLE"));
    errors.put(Api.FIND_COORDINATOR, names("COORDINATOR_NOT_AVAILABLE"));
    errors.put(Api.JOIN_GROUP, names(generation, coordinator, loading));
    errors.put(Api.SYNC_GROUP, names(generation, coordinator, fenced));
    errors.put(Api.HEARTBEAT, names(generation, coordinator, fenced));
    errors.put(Api.LEAVE_GROUP, names(coordinator));
    errors.put(
        Api.CONSUMER_GROUP_HEARTBEAT,
        names("FENCED_MEMBER_EPOCH UNKNOWN_MEMBER_ID", coordinator, loading));
    errors.put(
        Api.OFFSET_COMMIT, names(generation, coordinator, loading, fenced, "REQUEST_TIMED_OUT"));
    String transaction = "CONCURRENT_TRANSACTIONS PRODUCER_FENCED";
    errors.put(Api.INIT_PRODUCER_ID, names(coordinator, loading, transaction));
    errors.put(Api.TXN_OFFSET_COMMIT, names(coordinator, loading));
    errors.put(Api.END_TXN, names(coordinator, loading, transaction));
    errors.put(Api.OFFSET_FETCH, names("NOT_COORDINATOR", loading));
    return errors;
  }

  private static List<String> names(String... lists) {
    return List.of(String.join(" ", lists).split(" ", -1));
  }

  /** Faults whose targets may be members that a scenario lacks; see {@link #aimedAt}. */
  static Arbitrary<List<Fault>> faults() {
    Arbitrary<Set<Kind>> swarm = Arbitraries.of(Kind.class).set();
    Arbitrary<List<Drawn>> all = drawn().list().ofMaxSize(MOST_FAULTS);
    return Combinators.combine(swarm, all)
        .as(
            (kinds, faults) ->
                faults.stream()
                    .filter(each -> kinds.contains(each.kind))
                    .map(Drawn::fault)
                    .toList());
  }

  /** The faults in a group of so many members, named by what they do and their place. */
  static List<Fault> aimedAt(int members, List<Fault> faults) {
    Map<String, Fault> named = new LinkedHashMap<>();
    for (Fault fault : faults) {
      String name = Fault.defaultName(fault.action(), named.size());
      named.put(name, aimedAt(members, name, fault));
    }
    return List.copyOf(named.values());
  }

  private static Fault aimedAt(int members, String name, Fault fault) {
    Target target = inGroup(members, fault.target());
    Trigger trigger = fault.trigger();
    Action action = fault.action();
    if (trigger instanceof Trigger.OnRequest request) {
      trigger = new Trigger.OnRequest(request.api(), request.pick(), request.between(), target);
    } else if (action instanceof Action.PauseClient pause) {
      action = new Action.PauseClient(target, pause.lasting());
    } else if (action instanceof Action.CrashClient crash) {
      boolean last = crash.restartAfter() == null && target.member().equals("m1");
      action = new Action.CrashClient(target, last ? Duration.ofSeconds(1) : crash.restartAfter());
    } else if (action instanceof Action.RestartClient) {
      action = new Action.RestartClient(target);
    }
    return new Fault(name, trigger, action, true);
  }

  private static Target inGroup(int members, Target target) {
    if (target.isAny()) {
      return target;
    }
    int number = Integer.parseInt(target.member().substring(1));
    return new Target("m" + ((number - 1) % members + 1));
  }

  private static Arbitrary<Drawn> drawn() {
    return Arbitraries.oneOf(
        request(Kind.DELAY, Times.law(1_000_000).map(Action.Delay::new)),
        request(Kind.DROP_REQUEST, single(), Arbitraries.just(new Action.DropRequest())),
        request(Kind.DROP_REPLY, single(), Arbitraries.just(new Action.ApplyThenDrop())),
        refusals(),
        timed(Kind.PAUSE, pause()),
        timed(Kind.CRASH, crash()),
        timed(Kind.RESTART, target().map(Action.RestartClient::new)),
        timed(Kind.REBALANCE, Arbitraries.just(new Action.Rebalance())),
        forGood());
  }

  /**
   * What can fail by itself. Batches follow each other on one connection: one that is lost or
   * refused without those behind it is overtaken, and no idempotent producer need survive that.
   */
  private static Arbitrary<Api> single() {
    return Arbitraries.of(Api.class).filter(api -> api != Api.PRODUCE);
  }

  private static Arbitrary<Drawn> refusals() {
    return single()
        .flatMap(
            api ->
                request(
                    Kind.ERROR,
                    Arbitraries.just(api),
                    Arbitraries.of(SURVIVED.getOrDefault(api, List.of("REQUEST_TIMED_OUT")))
                        .map(Action.AnswerError::new)));
  }

  private static Arbitrary<Drawn> request(
      Kind kind, Arbitrary<? extends Action.OnRequest> actions) {
    return request(kind, Arbitraries.of(Api.class), actions);
  }

  private static Arbitrary<Drawn> request(
      Kind kind, Arbitrary<Api> apis, Arbitrary<? extends Action.OnRequest> actions) {
    Arbitrary<Trigger.Pick> picks =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 20).map(Trigger.Pick.Nth::new),
            Arbitraries.longs().between(1, 6).map(Trigger.Pick.First::new),
            Arbitraries.integers()
                .between(1, 60)
                .map(percent -> new Trigger.Pick.Share(percent / 100.0)),
            Arbitraries.just(new Trigger.Pick.All()));
    return Combinators.combine(apis, picks, window(), target(), actions)
        .as(
            (api, pick, window, target, action) ->
                new Drawn(kind, new Trigger.OnRequest(api, pick, window, target), action));
  }

  private static Arbitrary<Trigger.Window> window() {
    return Combinators.combine(Times.millis(0, LAST_MS - 1), Times.millis(1, LAST_MS))
        .as(
            (from, length) -> {
              Duration to = from.plus(length);
              return new Trigger.Window(from, to.compareTo(LAST) < 0 ? to : LAST);
            });
  }

  private static Arbitrary<Action.PauseClient> pause() {
    return Combinators.combine(target(), Times.millis(1, (int) LONGEST_PAUSE.toMillis()))
        .as(Action.PauseClient::new);
  }

  private static Arbitrary<Action.CrashClient> crash() {
    return Combinators.combine(target(), Times.millis(0, 5_000)).as(Action.CrashClient::new);
  }

  /** Never for the first member: somebody has to be left. */
  private static Arbitrary<Drawn> forGood() {
    return Combinators.combine(
            Arbitraries.integers().between(2, MOST_MEMBERS), Times.millis(0, LAST_MS - 1))
        .as(
            (number, at) ->
                new Drawn(
                    Kind.CRASH_FOR_GOOD,
                    new Trigger.At(at),
                    new Action.CrashClient(new Target("m" + number), null)));
  }

  private static Arbitrary<Drawn> timed(Kind kind, Arbitrary<? extends Action.AtTime> actions) {
    Arbitrary<Trigger> once = Times.millis(0, LAST_MS - 1).map(Trigger.At::new);
    Arbitrary<Trigger> repeated =
        Combinators.combine(Times.millis(200, 5_000), percent(), Times.millis(5_001, LAST_MS))
            .as(
                (period, jitter, until) ->
                    new Trigger.Every(period, period.multipliedBy(jitter).dividedBy(100), until));
    return Combinators.combine(Arbitraries.oneOf(once, repeated), actions)
        .as((trigger, action) -> new Drawn(kind, trigger, action));
  }

  private static Arbitrary<Integer> percent() {
    return Arbitraries.integers().between(0, 99);
  }

  private static Arbitrary<Target> target() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, MOST_MEMBERS).map(number -> new Target("m" + number)),
        Arbitraries.just(Target.ANY));
  }

  /** Kinds of faults, of which each plan leaves some out. */
  private enum Kind {
    REBALANCE,
    DELAY,
    DROP_REPLY,
    DROP_REQUEST,
    ERROR,
    PAUSE,
    CRASH,
    RESTART,
    CRASH_FOR_GOOD
  }

  private record Drawn(Kind kind, Trigger trigger, Action action) {
    Fault fault() {
      return new Fault("drawn", trigger, action, true);
    }
  }
}
