package io.heddle.properties;

import io.heddle.properties.ApplicationArbitraries.Membership;
import io.heddle.scenarios.model.About;
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
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import java.util.List;
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

  private ScenarioArbitraries() {}

  /** Scenarios of the key-ordered scheduler and of the strand alone, with any faults. */
  static Arbitrary<Run> runs() {
    return runs(
        WorkloadArbitraries.keys(),
        FaultArbitraries.faults(),
        Engine.Mode.SYNC,
        Engine.Mode.SCHEDULER,
        Engine.Mode.SCHEDULER_ASYNC);
  }

  /** Scenarios of an application that lets the work on all keys go at once, with any faults. */
  static Arbitrary<Run> naiveRuns() {
    return runs(WorkloadArbitraries.manyKeys(), FaultArbitraries.faults(), Engine.Mode.NAIVE);
  }

  private static Arbitrary<Run> runs(
      Arbitrary<Keys> keys, Arbitrary<List<Fault>> faults, Engine.Mode... modes) {
    Arbitrary<Kafka> kafka = Combinators.combine(cluster(), network()).as(Kafka::new);
    Arbitrary<Load> load =
        Combinators.combine(WorkloadArbitraries.topic(), WorkloadArbitraries.workload(keys))
            .as(Load::new);
    Arbitrary<Scenario> scenario =
        Combinators.combine(
                kafka,
                load,
                ApplicationArbitraries.membership(),
                ApplicationArbitraries.engine(modes),
                ApplicationArbitraries.handler(),
                faults)
            .as(ScenarioArbitraries::scenario);
    Arbitrary<Long> seeds = Arbitraries.longs().between(1, MOST_SEEDS);
    return Combinators.combine(scenario, seeds).as(Run::of);
  }

  private record Kafka(Cluster cluster, Network network) {}

  private record Load(Topic topic, Workload workload) {}

  private static Arbitrary<Cluster> cluster() {
    return Combinators.combine(Arbitraries.integers().between(1, 3), Times.millis(0, 3_000))
        .as((brokers, delay) -> new Cluster(Cluster.Protocol.CLASSIC, brokers, delay));
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
    List<Fault> faults = FaultArbitraries.aimedAt(membership.members(), drawn);
    Heal heal =
        new Heal(
            faults.isEmpty() ? ALL_STARTED : FaultArbitraries.LAST.plus(ALL_STARTED), TO_FINISH);
    return new Scenario(
        About.named("generated"),
        SeedRange.DEFAULT,
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
        Expect.DEFAULT);
  }
}
