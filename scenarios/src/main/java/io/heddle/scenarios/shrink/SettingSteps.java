package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.Network;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Fewer members and settings, shorter times, and work and messages that take no odd time. */
final class SettingSteps {
  private static final long GRAIN = 1_000_000;
  private static final Distribution ONE_MILLISECOND = new Distribution.Constant(GRAIN);

  private SettingSteps() {}

  /** Faults for a member that is no more befall the last one that is left. */
  static void members(Variants variants) {
    Scenario scenario = variants.scenario();
    Group group = scenario.group();
    variants.addAll(
        Smaller.numbers(group.members(), 1),
        members -> {
          Group fewer = new Group(group.id(), members, group.stagger(), group.config());
          Target last = new Target("m" + members);
          List<Fault> faults =
              scenario.faults().stream()
                  .map(
                      fault ->
                          fewer.memberNames().contains(fault.target().member())
                              ? fault
                              : FaultSteps.retargeted(fault, last))
                  .toList();
          return scenario.withFaults(List.of()).withGroup(fewer).withFaults(faults);
        });
  }

  static void group(Variants variants) {
    Scenario scenario = variants.scenario();
    Group group = scenario.group();
    // Kafka's own time-outs can be longer than the time there is to finish.
    if (!scenario.expect().invariants().equals(List.of("progress"))) {
      List<Map.Entry<String, String>> config = List.copyOf(group.config().entrySet());
      variants.without(
          config,
          left -> {
            TreeMap<String, String> settings = new TreeMap<>();
            left.forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
            return scenario.withGroup(
                new Group(group.id(), group.members(), group.stagger(), settings));
          });
    }
    variants.addAll(
        Smaller.times(group.stagger(), true),
        stagger ->
            scenario.withGroup(new Group(group.id(), group.members(), stagger, group.config())));
  }

  static void cluster(Variants variants) {
    Scenario scenario = variants.scenario();
    Cluster kafka = scenario.kafka();
    variants.addAll(
        Smaller.numbers(kafka.brokers(), 1),
        brokers ->
            scenario.withKafka(
                new Cluster(kafka.protocol(), brokers, kafka.initialRebalanceDelay())));
    variants.addAll(
        Smaller.times(kafka.initialRebalanceDelay(), true),
        delay -> scenario.withKafka(new Cluster(kafka.protocol(), kafka.brokers(), delay)));
  }

  static void network(Variants variants) {
    Scenario scenario = variants.scenario();
    Network network = scenario.network();
    variants.add(() -> scenario.withNetwork(new Network(ONE_MILLISECOND, ONE_MILLISECOND)));
    variants.add(() -> scenario.withNetwork(new Network(ONE_MILLISECOND, network.response())));
    variants.add(() -> scenario.withNetwork(new Network(network.request(), ONE_MILLISECOND)));
    variants.addAll(
        Smaller.laws(network.request(), GRAIN),
        law -> scenario.withNetwork(new Network(law, network.response())));
    variants.addAll(
        Smaller.laws(network.response(), GRAIN),
        law -> scenario.withNetwork(new Network(network.request(), law)));
  }

  /** Limits are at their defaults where they do not matter; else they are as small as can be. */
  static void engine(Variants variants) {
    Scenario scenario = variants.scenario();
    Engine engine = scenario.engine();
    Engine.Scheduler limits = engine.scheduler();
    Engine.Scheduler plain = Engine.Scheduler.DEFAULT;
    variants.addAll(
        Smaller.numbers(limits.concurrency(), 1),
        count -> with(scenario, count, limits.queueDepth(), limits.maxKeys()));
    variants.addAll(
        limits(limits.queueDepth(), plain.queueDepth()),
        depth -> with(scenario, limits.concurrency(), depth, limits.maxKeys()));
    variants.addAll(
        limits(limits.maxKeys(), plain.maxKeys()),
        keys -> with(scenario, limits.concurrency(), limits.queueDepth(), keys));
    variants.addAll(
        limits(engine.maxInFlight(), Engine.DEFAULT.maxInFlight()),
        most -> with(scenario, engine.commitEvery(), engine.drain(), most));
    variants.add(
        () -> with(scenario, Engine.DEFAULT.commitEvery(), engine.drain(), engine.maxInFlight()));
    variants.add(
        () -> with(scenario, engine.commitEvery(), Engine.Drain.DEFAULT, engine.maxInFlight()));
  }

  private static List<Integer> limits(int value, int plain) {
    List<Integer> plainer = new ArrayList<>();
    if (value != plain) {
      plainer.add(plain);
      plainer.addAll(Smaller.numbers(value, 1));
    }
    return plainer;
  }

  private static Scenario with(Scenario scenario, int concurrency, int depth, int keys) {
    Engine engine = scenario.engine();
    return scenario.withEngine(
        new Engine(
            engine.mode(),
            new Engine.Scheduler(concurrency, depth, keys),
            engine.commitEvery(),
            engine.drain(),
            engine.maxInFlight()));
  }

  private static Scenario with(
      Scenario scenario, Duration commitEvery, Engine.Drain drain, int maxInFlight) {
    Engine engine = scenario.engine();
    return scenario.withEngine(
        new Engine(engine.mode(), engine.scheduler(), commitEvery, drain, maxInFlight));
  }

  static void handler(Variants variants) {
    Scenario scenario = variants.scenario();
    Handler handler = scenario.handler();
    variants.without(
        handler.slow(), slow -> scenario.withHandler(new Handler(handler.service(), slow)));
    variants.addAll(
        Smaller.laws(handler.service(), GRAIN),
        law -> scenario.withHandler(new Handler(law, handler.slow())));
    variants.replacing(
        handler.slow(),
        slow -> {
          List<Supplier<Handler.SlowKey>> plainer = new ArrayList<>();
          Smaller.laws(slow.service(), GRAIN)
              .forEach(law -> plainer.add(() -> new Handler.SlowKey(slow.key(), law)));
          return plainer;
        },
        slow -> scenario.withHandler(new Handler(handler.service(), slow)));
  }

  /**
   * Faults that would happen later happen before the time at which faults end. How long everything
   * then has to finish is no input but what is asked for: with less time, anything would fail.
   */
  static void times(Variants variants) {
    Scenario scenario = variants.scenario();
    Heal heal = scenario.heal();
    variants.addAll(
        Smaller.times(heal.at(), true),
        at ->
            scenario
                .withFaults(List.of())
                .withHeal(new Heal(at, heal.within()))
                .withFaults(
                    scenario.faults().stream().map(fault -> FaultSteps.over(fault, at)).toList()));
  }
}
