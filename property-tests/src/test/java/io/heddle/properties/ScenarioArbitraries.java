package io.heddle.properties;

import io.heddle.properties.ApplicationArbitraries.Membership;
import io.heddle.scenarios.model.About;
import io.heddle.scenarios.model.Chance;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Limits;
import io.heddle.scenarios.model.Network;
import io.heddle.scenarios.model.ProtocolFaults;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Store;
import io.heddle.scenarios.model.Swarm;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Whole scenarios that a correct application passes. They are combined from independent parts, so
 * that each part shrinks by itself: towards no faults, one member, few records and one key.
 */
final class ScenarioArbitraries {
  /** Late enough for all members to have started, and for those that died to have come back. */
  private static final Duration ALL_STARTED = Duration.ofSeconds(7);

  private static final Duration TO_FINISH = Duration.ofMinutes(10);
  private static final Duration TO_CLOSE = Duration.ofMinutes(2);
  private static final Duration WALL = Duration.ofMinutes(1);
  private static final long EVENTS = 5_000_000;
  private static final long MOST_SEEDS = 1_000_000;
  private static final int LATENCY_MICROS = 10_000;

  /** All modes that keep what the engine promises. */
  private static final Engine.Mode[] RIGHT =
      Arrays.stream(Engine.Mode.values())
          .filter(mode -> mode != Engine.Mode.NAIVE)
          .toArray(Engine.Mode[]::new);

  private ScenarioArbitraries() {}

  /** Scenarios of every mode of the engine, with any faults. */
  static Arbitrary<Run> runs() {
    return runs(
        WorkloadArbitraries.keys(),
        FaultArbitraries.faults(),
        ApplicationArbitraries.atLeastOnce(RIGHT));
  }

  /** The same with one output for each record, in transactions. */
  static Arbitrary<Run> exactlyOnceRuns() {
    return runs(
        WorkloadArbitraries.keys(),
        FaultArbitraries.faults(),
        ApplicationArbitraries.exactlyOnce(RIGHT));
  }

  /** The same with a store whose changes are in the transactions. */
  static Arbitrary<Run> storeRuns() {
    return runs(
        WorkloadArbitraries.keys(),
        FaultArbitraries.faults(),
        ApplicationArbitraries.exactlyOnce(RIGHT)
            .map(engine -> engine.withStore(Optional.of(Store.of("changes")))));
  }

  /** Scenarios of an application that lets the work on all keys go at once, with any faults. */
  static Arbitrary<Run> naiveRuns() {
    return runs(WorkloadArbitraries.manyKeys(), FaultArbitraries.faults(), Engine.Mode.NAIVE);
  }

  private static Arbitrary<Run> runs(
      Arbitrary<Keys> keys, Arbitrary<List<Fault>> faults, Engine.Mode... modes) {
    return runs(keys, faults, ApplicationArbitraries.engine(modes));
  }

  private static Arbitrary<Run> runs(
      Arbitrary<Keys> keys, Arbitrary<List<Fault>> faults, Arbitrary<Engine> engine) {
    Arbitrary<Kafka> kafka = Combinators.combine(cluster(), network()).as(Kafka::new);
    Arbitrary<Load> load =
        Combinators.combine(WorkloadArbitraries.topic(), WorkloadArbitraries.workload(keys))
            .as(Load::new);
    Arbitrary<Scenario> scenario =
        Combinators.combine(
                kafka,
                load,
                ApplicationArbitraries.membership(),
                engine,
                ApplicationArbitraries.handler(),
                faults)
            .as(ScenarioArbitraries::scenario);
    Arbitrary<Long> seeds = Arbitraries.longs().between(1, MOST_SEEDS);
    return Combinators.combine(scenario, seeds).as(Run::of);
  }

  private record Kafka(Cluster cluster, Network network) {}

  private record Load(Topic topic, Workload workload) {}

  private static Arbitrary<Cluster> cluster() {
    return Combinators.combine(
            Arbitraries.of(Cluster.Protocol.class),
            Arbitraries.integers().between(1, 3),
            Times.millis(0, 3_000))
        .as(Cluster::new);
  }

  private static Arbitrary<Network> network() {
    return Combinators.combine(Times.law(LATENCY_MICROS), Times.law(LATENCY_MICROS))
        .as(Network::new);
  }

  private static Scenario scenario(
      Kafka kafka,
      Load load,
      Membership membership,
      Engine engine,
      Handler handler,
      List<Fault> drawn) {
    List<Fault> faults =
        ProtocolFaults.fitting(
            kafka.cluster().protocol(), FaultArbitraries.aimedAt(membership.members(), drawn));
    Heal heal =
        new Heal(
            faults.isEmpty() ? ALL_STARTED : FaultArbitraries.LAST.plus(ALL_STARTED), TO_FINISH);
    return new Scenario(
        About.named("generated"),
        Chance.DEFAULT,
        kafka.cluster(),
        kafka.network(),
        new Limits(heal.deadline().plus(TO_CLOSE), WALL, EVENTS),
        List.of(load.topic()),
        List.of(load.workload()),
        new Group("generated", membership.members(), membership.stagger(), membership.config()),
        engine,
        handler,
        faults,
        heal,
        Expect.usual(engine),
        Swarm.NONE);
  }
}
