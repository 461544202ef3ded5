package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Backoff;
import io.heddle.scenarios.model.Batcher;
import io.heddle.scenarios.model.Commits;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.EventTypes;
import io.heddle.scenarios.model.Flow;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Interjections;
import io.heddle.scenarios.model.OnFailure;
import io.heddle.scenarios.model.Outputs;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Store;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Transactions;
import io.heddle.scenarios.model.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes engines of every shape that the model allows, without settings that have no effect. */
final class RandomEngines {
  private final Random random;

  RandomEngines(Random random) {
    this.random = random;
  }

  Engine engine(boolean oneTopic) {
    return engine(oneTopic, anyOf(Engine.Mode.values()));
  }

  private Engine engine(boolean oneTopic, Engine.Mode mode) {
    Optional<Engine.ExactlyOnce> exactlyOnce =
        coin() ? Optional.empty() : Optional.of(exactlyOnce());
    Optional<Store> store =
        oneTopic && coin() ? Optional.of(store(exactlyOnce.isPresent())) : Optional.empty();
    Optional<Outputs> outputs =
        exactlyOnce.isEmpty() && coin() ? Optional.of(outputs()) : Optional.empty();
    boolean loses = exactlyOnce.isEmpty() && store.isEmpty() && outputs.isEmpty();
    Optional<Interjections> interjections = interjections();
    Patience patience = patience(loses);
    Optional<OnFailure> onFailure = onFailure(mode, loses);
    return new Engine(
        mode,
        mode.hasScheduler()
            ? new Engine.Scheduler(1 + below(99), 1 + below(99), 1 + below(99))
            : Engine.Scheduler.DEFAULT,
        commits(exactlyOnce.isPresent()),
        new Engine.Drain(anyOf(Engine.Drain.Policy.values()), time(0, 999)),
        new Flow(1 + below(999), 1 + below(1 << 20), 1 + below(999)),
        coin() ? Engine.POLL : time(1, 999),
        exactlyOnce,
        store,
        exactlyOnce.isPresent() || store.isPresent() || outputs.isPresent()
            ? producerConfig()
            : new TreeMap<>(),
        new Work(
            mode.hasBatcher() ? batcher() : Batcher.DEFAULT,
            mode == Engine.Mode.CHAINED ? 2 + below(4) : 2,
            interjections,
            outputs,
            onFailure,
            mode == Engine.Mode.SYNC && interjections.isEmpty()
                ? patience.withJobDeadline(Optional.empty())
                : patience,
            onFailure.filter(each -> each.then().leavesOut() && coin()).map(each -> types()),
            onUndecodable(loses)));
  }

  /** Of records that all have a header of this name. */
  private EventTypes types() {
    return new EventTypes("kind", coin() ? List.of("a") : List.of("a", "b"));
  }

  private Store store(boolean inTransactions) {
    SortedMap<String, String> config = new TreeMap<>();
    if (coin()) {
      config.put("segment.ms", "" + (1 + below(9_999)));
    }
    return new Store(
        "store-" + below(9),
        anyOf(Store.Home.values()),
        coin(),
        coin() ? OptionalInt.of(1) : OptionalInt.empty(),
        config,
        inTransactions || coin());
  }

  private Outputs outputs() {
    OnFailure.Then then = coin() ? OnFailure.Then.STOP : OnFailure.Then.STOP_PARTITION;
    Optional<OnFailure> onFailure =
        coin()
            ? Optional.empty()
            : Optional.of(new OnFailure(2 + below(9), backoff(), then, Optional.empty()));
    return new Outputs("out-" + below(9), 1 + below(9), 1 + below(3), onFailure);
  }

  private Batcher batcher() {
    return new Batcher(
        1 + below(99), 1 + below(9), time(0, 99), 1 + below(999), 5, below(6), below(50) / 100.0);
  }

  private Optional<Interjections> interjections() {
    return coin()
        ? Optional.empty()
        : Optional.of(
            new Interjections(
                time(500, 999), time(0, 498), time(1, 99), below(50) / 100.0, below(101) / 100.0));
  }

  private Optional<OnFailure> onFailure(Engine.Mode mode, boolean loses) {
    List<OnFailure.Then> possible = new ArrayList<>();
    if (mode.hasScheduler()) {
      possible.add(OnFailure.Then.FINALIZER);
    }
    if (loses) {
      possible.add(OnFailure.Then.SKIP);
      possible.add(OnFailure.Then.DEAD_LETTER);
    }
    possible.add(OnFailure.Then.STOP_PARTITION);
    possible.add(OnFailure.Then.STOP);
    if (coin()) {
      return Optional.empty();
    }
    OnFailure.Then then = possible.get(below(possible.size()));
    int attempts = 1 + below(9);
    Backoff backoff = attempts == 1 ? Backoff.of(OnFailure.BACKOFF) : backoff();
    return Optional.of(new OnFailure(attempts, backoff, then, letters(then)));
  }

  private Optional<OnFailure> onUndecodable(boolean loses) {
    return onFailure(Engine.Mode.SYNC, loses);
  }

  private Backoff backoff() {
    Duration first = time(1, 99);
    return coin()
        ? Backoff.of(first)
        : new Backoff(
            first, 1 + random.nextDouble() * 99, first.plusMillis(below(99)), below(101) / 100.0);
  }

  private Commits commits(boolean inTransactions) {
    Optional<Duration> timeout = coin() ? Optional.empty() : Optional.of(time(1, 999));
    Commits usual = Commits.DEFAULT;
    return inTransactions
        ? new Commits(
            usual.every(), timeout, usual.attempts(), usual.backoff(), usual.metadataBytes())
        : new Commits(
            time(1, 999),
            timeout,
            coin() ? OptionalInt.empty() : OptionalInt.of(2 + below(99)),
            backoff(),
            below(1 << 20));
  }

  private Patience patience(boolean loses) {
    if (coin()) {
      return Patience.DEFAULT;
    }
    Optional<Patience.Limit> giveUp = limit(loses);
    Duration stuck = giveUp.map(Patience.Limit::after).orElse(time(0, 999));
    return new Patience(limit(loses), giveUp, stuck, time(0, 999), time(0, 999));
  }

  private Optional<Patience.Limit> limit(boolean loses) {
    List<OnFailure.Then> possible =
        Arrays.stream(OnFailure.Then.values())
            .filter(then -> then != OnFailure.Then.FINALIZER && (loses || !then.leavesOut()))
            .toList();
    OnFailure.Then then = possible.get(below(possible.size()));
    return coin()
        ? Optional.empty()
        : Optional.of(new Patience.Limit(time(1, 999), then, letters(then)));
  }

  private Optional<String> letters(OnFailure.Then then) {
    return then == OnFailure.Then.DEAD_LETTER
        ? Optional.of("letters-" + below(9))
        : Optional.empty();
  }

  /** Those of a workload whose records come like this. */
  Optional<Transactions> transactions(Arrival arrival) {
    double share = below(50) / 100.0;
    return arrival instanceof Arrival.ClosedLoop || coin()
        ? Optional.empty()
        : Optional.of(new Transactions(1 + below(99), share, share, time(1, 9_999)));
  }

  /** One that can take the scenario's place: it has a scheduler if limits may change. */
  Engine like(Scenario scenario) {
    Engine.Mode mode = scenario.engine().mode();
    return engine(
        scenario.topics().size() == 1, mode.hasScheduler() ? mode : anyOf(Engine.Mode.values()));
  }

  /** A change of some of the limits of some of the members. */
  Action.ChangeLimits change(Group group) {
    Target member =
        coin()
            ? anyOf(new Target[] {Target.ANY, Target.ALL})
            : new Target("m" + (1 + below(group.members())));
    @Nullable Integer concurrency = coin() ? Integer.valueOf(1 + below(9)) : null;
    @Nullable Integer depth = coin() ? Integer.valueOf(1 + below(9)) : null;
    boolean needed = concurrency == null && depth == null;
    @Nullable Integer keys = needed || coin() ? Integer.valueOf(1 + below(9)) : null;
    return new Action.ChangeLimits(member, concurrency, depth, keys);
  }

  private SortedMap<String, String> producerConfig() {
    SortedMap<String, String> settings = new TreeMap<>();
    if (coin()) {
      settings.put("linger.ms", "" + below(99));
    }
    if (coin()) {
      settings.put("client.id", "a: b, '" + below(9) + "'");
    }
    return settings;
  }

  private Engine.ExactlyOnce exactlyOnce() {
    int target = 1 + below(999);
    return new Engine.ExactlyOnce(
        "out-" + below(9), 1 + below(9), time(1, 99), target, target + below(99), time(1, 9_999));
  }

  private Duration time(int least, int most) {
    Duration whole = Duration.ofMillis(least + below(most - least));
    return coin() ? whole : whole.plusNanos(below(1_000_000));
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private <E> E anyOf(E[] values) {
    return values[below(values.length)];
  }
}
