package io.heddle.properties;

import io.heddle.scenarios.model.Backoff;
import io.heddle.scenarios.model.Batcher;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Flow;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Interjections;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.OnFailure;
import io.heddle.scenarios.model.Outputs;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Who consumes, and how. Shrinks towards one member that works on one record at a time. */
final class ApplicationArbitraries {
  private static final String CLIENTS = "org.apache.kafka.clients.consumer.";
  private static final int SERVICE_MICROS = 50_000;
  private static final int SLOW_SERVICE_MICROS = 400_000;
  private static final int LONGEST_DRAIN_MS = 3_000;
  private static final int LONGEST_CALL_MS = 6_000;

  private ApplicationArbitraries() {}

  /** The members of a group, and what their consumers are configured with. */
  record Membership(int members, Duration stagger, SortedMap<String, String> config) {}

  static Arbitrary<Membership> membership() {
    Arbitrary<Integer> members = Arbitraries.integers().between(1, 4);
    Arbitrary<Duration> stagger = Times.millis(0, 2_000);
    return Combinators.combine(members, stagger, config()).as(Membership::new);
  }

  private static Arbitrary<SortedMap<String, String>> config() {
    Arbitrary<String> assignor =
        Arbitraries.of("RangeAssignor", "CooperativeStickyAssignor", "RoundRobinAssignor");
    Arbitrary<Integer> session = Arbitraries.integers().between(1_000, 6_000);
    Arbitrary<Integer> heartbeatsPerSession = Arbitraries.integers().between(3, 10);
    Arbitrary<Integer> request = Arbitraries.integers().between(600, 3_000);
    Arbitrary<Integer> call = Arbitraries.integers().between(1_000, LONGEST_CALL_MS);
    Arbitrary<Integer> pollSlack = Arbitraries.integers().between(0, 20_000);
    Arbitrary<Integer> batch = Arbitraries.integers().between(1, 500);
    return Combinators.combine(
            assignor, session, heartbeatsPerSession, request, call, pollSlack, batch)
        .as(
            (strategy, sessionMs, beats, requestMs, callMs, slackMs, records) ->
                new TreeMap<String, String>(
                    Map.of(
                        "auto.offset.reset", "earliest",
                        "partition.assignment.strategy", CLIENTS + strategy,
                        "session.timeout.ms", text(sessionMs),
                        "heartbeat.interval.ms", text(sessionMs / beats),
                        "request.timeout.ms", text(Math.min(requestMs, callMs)),
                        "default.api.timeout.ms", text(callMs),
                        "fetch.max.wait.ms", text(Math.min(requestMs, 500)),
                        "max.poll.interval.ms", text(leastPollInterval() + slackMs),
                        "max.poll.records", text(records))));
  }

  /** A drain and a commit end before the group gives a member up, even if it stands still. */
  private static int leastPollInterval() {
    return LONGEST_DRAIN_MS + 2 * LONGEST_CALL_MS + (int) FaultArbitraries.LONGEST_PAUSE.toMillis();
  }

  private static String text(int number) {
    return String.valueOf(number);
  }

  static Arbitrary<Engine> engine(Engine.Mode... modes) {
    Arbitrary<Engine.Scheduler> scheduler =
        Combinators.combine(
                Arbitraries.integers().between(1, 64),
                Arbitraries.integers().between(1, 100),
                Arbitraries.integers().between(1, 100))
            .as(Engine.Scheduler::new);
    Arbitrary<Engine.Drain> drain =
        Combinators.combine(
                Arbitraries.of(Engine.Drain.Policy.class), Times.millis(0, LONGEST_DRAIN_MS))
            .as(Engine.Drain::new);
    return Combinators.combine(
            Arbitraries.of(modes),
            scheduler,
            Times.millis(20, 2_000),
            drain,
            Arbitraries.integers().between(1, 1_000),
            work(),
            patience())
        .as(
            (mode, limits, commit, onRevoke, most, work, patience) ->
                new Engine(mode, limits, commit, onRevoke)
                    .withFlow(Flow.DEFAULT.withRecords(most))
                    .withWork(mode.hasScheduler() ? work.withOnFailure(patience) : work));
  }

  /** Work that is given up leaves no gap: the finalizer lives with it. */
  private static Arbitrary<Optional<OnFailure>> patience() {
    return Combinators.combine(Arbitraries.integers().between(1, 4), Times.millis(1, 100))
        .as(
            (attempts, backoff) ->
                new OnFailure(
                    attempts, Backoff.of(backoff), OnFailure.Then.FINALIZER, Optional.empty()))
        .optional(0.3);
  }

  /** Engines that deliver at least once, some of which answer each record. */
  static Arbitrary<Engine> atLeastOnce(Engine.Mode... modes) {
    Arbitrary<Outputs> outputs =
        Combinators.combine(
                Arbitraries.integers().between(1, 3), Arbitraries.integers().between(1, 3))
            .as((partitions, each) -> new Outputs("answers", partitions, each, Optional.empty()));
    return Combinators.combine(engine(modes), outputs.optional(0.3))
        .as((engine, answers) -> engine.withWork(engine.work().withOutputs(answers)));
  }

  private static Arbitrary<Work> work() {
    Arbitrary<Batcher> batcher =
        Combinators.combine(
                Arbitraries.integers().between(1, 30),
                Arbitraries.integers().between(1, 8),
                Times.millis(0, 200),
                Arbitraries.integers().between(1, 200),
                Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(0, 4),
                Arbitraries.integers().between(0, 20))
            .as(
                (size, concurrent, delay, waiting, items, least, errors) ->
                    new Batcher(
                        size,
                        concurrent,
                        delay,
                        waiting,
                        items,
                        Math.min(least, items),
                        errors < 10 ? 0 : errors / 100.0));
    Arbitrary<Interjections> interjections =
        Combinators.combine(
                Times.millis(50, 2_000),
                Arbitraries.integers().between(0, 99),
                Arbitraries.integers().between(0, 50))
            .as(
                (every, share, asks) ->
                    new Interjections(every, every.multipliedBy(share).dividedBy(100))
                        .withAsks(asks < 20 ? 0 : asks / 100.0));
    return Combinators.combine(
            batcher, Arbitraries.integers().between(2, 4), interjections.optional(0.3))
        .as(
            (batches, stages, often) ->
                new Work(
                    batches,
                    stages,
                    often,
                    Optional.empty(),
                    Optional.empty(),
                    Patience.DEFAULT,
                    Optional.empty(),
                    Optional.empty()));
  }

  static Arbitrary<Engine> exactlyOnce(Engine.Mode... modes) {
    Arbitrary<Engine.ExactlyOnce> settings =
        Combinators.combine(
                Arbitraries.integers().between(1, 4),
                Times.millis(1, 200),
                Arbitraries.integers().between(1, 300),
                Arbitraries.integers().between(0, 300),
                Times.millis(1_000, 10_000))
            .as(
                (partitions, delay, target, room, timeout) ->
                    new Engine.ExactlyOnce(
                        "outputs", partitions, delay, target, target + room, timeout));
    return Combinators.combine(engine(modes), settings).as(Engine::withExactlyOnce);
  }

  static Arbitrary<Handler> handler() {
    Arbitrary<Set<Integer>> slow =
        Arbitraries.integers().between(0, WorkloadArbitraries.MOST_KEYS - 1).set().ofMaxSize(2);
    Arbitrary<Integer> errors =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.just(0)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(1, 30)));
    return Combinators.combine(
            Times.law(SERVICE_MICROS), slow, Times.law(SLOW_SERVICE_MICROS), errors)
        .as(
            (service, keys, slowly, failing) ->
                new Handler(service, slowKeys(keys, slowly), failing / 100.0));
  }

  private static List<Handler.SlowKey> slowKeys(Set<Integer> keys, Distribution service) {
    return keys.stream().sorted().map(key -> new Handler.SlowKey(Keys.name(key), service)).toList();
  }
}
