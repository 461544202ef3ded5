package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Backoff;
import io.heddle.scenarios.model.Batcher;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Commits;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Flow;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.Network;
import io.heddle.scenarios.model.Outputs;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Store;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Work;
import io.heddle.simulator.core.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
          Group fewer = group.withMembers(members);
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
            return scenario.withGroup(group.withConfig(settings));
          });
    }
    variants.addAll(
        Smaller.times(group.stagger(), true),
        stagger -> scenario.withGroup(group.withStagger(stagger)));
    if (group.isStatic()) {
      variants.add(() -> scenario.withGroup(group.withStatic(false)));
    }
    if (!group.memberConfig().isEmpty()) {
      variants.add(() -> scenario.withGroup(group.withMemberConfig(new TreeMap<>())));
    }
  }

  static void cluster(Variants variants) {
    Scenario scenario = variants.scenario();
    Cluster kafka = scenario.kafka();
    if (kafka.protocol() != Cluster.Protocol.CLASSIC) {
      variants.add(() -> scenario.withKafka(kafka.withProtocol(Cluster.Protocol.CLASSIC)));
    }
    variants.addAll(
        Smaller.numbers(kafka.brokers(), 1),
        brokers ->
            scenario.withKafka(
                new Cluster(kafka.protocol(), brokers, kafka.initialRebalanceDelay())));
    variants.addAll(
        Smaller.times(kafka.initialRebalanceDelay(), true),
        delay -> scenario.withKafka(new Cluster(kafka.protocol(), kafka.brokers(), delay)));
  }

  /** Every order alike; else as few actors that fall behind as can be. */
  static void schedule(Variants variants) {
    Scenario scenario = variants.scenario();
    if (scenario.schedule() instanceof Schedule.Pct pct) {
      variants.add(() -> scenario.withSchedule(Schedule.UNIFORM));
      variants.addAll(
          Smaller.numbers(pct.depth(), 1),
          depth -> scenario.withSchedule(new Schedule.Pct(depth, pct.steps())));
    }
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
    if (engine.mode().hasScheduler()) {
      scheduler(variants);
    }
    Flow flow = engine.flow();
    variants.addAll(
        limits(flow.records(), Flow.DEFAULT.records()),
        most -> scenario.withEngine(engine.withFlow(flow.withRecords(most))));
    if (flow.bytes() != Flow.DEFAULT.bytes()) {
      variants.add(
          () -> scenario.withEngine(engine.withFlow(flow.withBytes(Flow.DEFAULT.bytes()))));
    }
    variants.addAll(
        limits(flow.behindGap(), Flow.DEFAULT.behindGap()),
        most -> scenario.withEngine(engine.withFlow(flow.withBehindGap(most))));
    variants.add(() -> scenario.withEngine(engine.withCommits(Commits.DEFAULT)));
    Commits usual = Commits.DEFAULT.withEvery(engine.commits().every());
    if (!engine.commits().equals(usual)) {
      variants.add(() -> scenario.withEngine(engine.withCommits(usual)));
    }
    variants.add(() -> scenario.withEngine(engine.withDrain(Engine.Drain.DEFAULT)));
  }

  private static void scheduler(Variants variants) {
    Scenario scenario = variants.scenario();
    Engine.Scheduler limits = scenario.engine().scheduler();
    Engine.Scheduler plain = Engine.Scheduler.DEFAULT;
    variants.addAll(
        Smaller.numbers(limits.concurrency(), 1),
        count ->
            with(scenario, new Engine.Scheduler(count, limits.queueDepth(), limits.maxKeys())));
    variants.addAll(
        limits(limits.queueDepth(), plain.queueDepth()),
        depth ->
            with(scenario, new Engine.Scheduler(limits.concurrency(), depth, limits.maxKeys())));
    variants.addAll(
        limits(limits.maxKeys(), plain.maxKeys()),
        keys ->
            with(scenario, new Engine.Scheduler(limits.concurrency(), limits.queueDepth(), keys)));
  }

  /** Without interjections, in batches and chains as usual or shorter. */
  static void work(Variants variants) {
    Scenario scenario = variants.scenario();
    Engine engine = scenario.engine();
    Work work = engine.work();
    if (work.interjections().isPresent()) {
      variants.add(() -> with(scenario, work.withInterjections(Optional.empty())));
    }
    work.outputs()
        .ifPresent(
            outputs -> {
              variants.add(() -> withoutOutputs(scenario));
              variants.add(() -> with(scenario, work.withOutputs(Optional.of(Outputs.DEFAULT))));
              if (outputs.onFailure().isPresent()) {
                variants.add(
                    () ->
                        with(scenario, work.withOutputs(Optional.of(outputs.withoutOnFailure()))));
              }
              variants.addAll(
                  Smaller.numbers(outputs.each(), 1),
                  each -> with(scenario, work.withOutputs(Optional.of(outputs.withEach(each)))));
            });
    variants.addAll(
        Smaller.numbers(work.stages(), 2), stages -> with(scenario, work.withStages(stages)));
    variants.add(() -> with(scenario, work.withBatcher(Batcher.DEFAULT)));
    Batcher now = work.batcher();
    variants.addAll(
        Smaller.numbers(now.items(), 1),
        items ->
            with(
                scenario, work.withBatcher(now.withItems(Math.min(items, now.minItems()), items))));
    if (now.errors() > 0) {
      variants.add(() -> with(scenario, work.withBatcher(now.withErrors(0))));
    }
    if (work.interjections().filter(each -> each.errors() > 0).isPresent()) {
      variants.add(
          () ->
              with(
                  scenario,
                  work.withInterjections(work.interjections().map(each -> each.withErrors(0)))));
    }
    if (work.interjections().filter(each -> each.asks() > 0).isPresent()) {
      variants.add(
          () ->
              with(
                  scenario,
                  work.withInterjections(work.interjections().map(each -> each.withAsks(0)))));
    }
    if (work.types().isPresent()) {
      variants.add(() -> with(scenario, work.withTypes(Optional.empty())));
      variants.add(
          () -> with(scenario, work.withTypes(Optional.empty()).withOnFailure(Optional.empty())));
    }
    if (work.onFailure().isPresent()) {
      variants.add(() -> with(scenario, work.withOnFailure(Optional.empty())));
    }
    if (work.onUndecodable().isPresent()) {
      variants.add(() -> with(scenario, work.withOnUndecodable(Optional.empty())));
    }
    work.onFailure()
        .filter(each -> !each.backoff().isUsual())
        .map(each -> each.withBackoff(Backoff.of(each.backoff().first())))
        .ifPresent(
            plain -> variants.add(() -> with(scenario, work.withOnFailure(Optional.of(plain)))));
    patience(variants, scenario, work);
    if (!engine.poll().equals(Engine.POLL)) {
      variants.add(() -> scenario.withEngine(engine.withPoll(Engine.POLL)));
    }
  }

  private static void patience(Variants variants, Scenario scenario, Work work) {
    Patience patience = work.patience();
    if (patience.jobDeadline().isPresent()) {
      variants.add(
          () -> with(scenario, work.withPatience(patience.withJobDeadline(Optional.empty()))));
    }
    if (patience.giveUp().isPresent()) {
      variants.add(() -> with(scenario, work.withPatience(patience.withGiveUp(Optional.empty()))));
    }
    Patience usual = patience.withTimesOf(Patience.DEFAULT);
    if (!patience.equals(usual)) {
      variants.add(() -> with(scenario, work.withPatience(usual)));
    }
  }

  /** And without the settings of a producer that there is no more. */
  private static Scenario withoutOutputs(Scenario scenario) {
    Engine engine = scenario.engine();
    Engine plain = engine.store().isPresent() ? engine : engine.withProducerConfig(new TreeMap<>());
    return scenario.withEngine(plain.withWork(plain.work().withOutputs(Optional.empty())));
  }

  /** Without a store, if nothing is asked of it. */
  static void store(Variants variants) {
    Scenario scenario = variants.scenario();
    scenario.engine().store().ifPresent(store -> plainer(variants, scenario, store));
  }

  private static void plainer(Variants variants, Scenario scenario, Store store) {
    variants.add(() -> scenario.withEngine(scenario.engine().withStore(Optional.empty())));
    Set<Store> plainer = new LinkedHashSet<>();
    plainer.add(Store.of(store.changeLog()));
    plainer.add(store.on(Store.Home.MEMORY));
    plainer.add(store.withoutCreation());
    plainer.add(store.withoutReplication());
    plainer.add(store.withConfig(new TreeMap<>()));
    plainer.add(store.withGuard());
    plainer.remove(store);
    for (Store each : plainer) {
      variants.add(() -> scenario.withEngine(scenario.engine().withStore(Optional.of(each))));
    }
  }

  /** Without transactions if that can be, else with those that are as usual. */
  static void transactions(Variants variants) {
    Scenario scenario = variants.scenario();
    Engine engine = scenario.engine();
    if (engine.exactlyOnce().isPresent()) {
      variants.add(() -> scenario.withEngine(engine.withoutExactlyOnce()));
      variants.add(() -> scenario.withEngine(engine.withExactlyOnce(Engine.ExactlyOnce.DEFAULT)));
    }
    variants.without(
        List.copyOf(engine.producerConfig().entrySet()),
        left -> {
          TreeMap<String, String> settings = new TreeMap<>();
          left.forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
          return scenario.withEngine(engine.withProducerConfig(settings));
        });
  }

  private static List<Integer> limits(int value, int plain) {
    List<Integer> plainer = new ArrayList<>();
    if (value != plain) {
      plainer.add(plain);
      plainer.addAll(Smaller.numbers(value, 1));
    }
    return plainer;
  }

  private static Scenario with(Scenario scenario, Engine.Scheduler scheduler) {
    return scenario.withEngine(scenario.engine().withScheduler(scheduler));
  }

  private static Scenario with(Scenario scenario, Work work) {
    return scenario.withEngine(scenario.engine().withWork(work));
  }

  static void handler(Variants variants) {
    Scenario scenario = variants.scenario();
    Handler handler = scenario.handler();
    if (handler.errors() > 0) {
      variants.add(() -> scenario.withHandler(handler.withErrors(0)));
    }
    if (handler.undecodable() > 0) {
      variants.add(() -> scenario.withHandler(handler.withUndecodable(0)));
      variants.add(
          () ->
              with(
                  scenario.withHandler(handler.withUndecodable(0)),
                  scenario.engine().work().withOnUndecodable(Optional.empty())));
    }
    variants.without(handler.slow(), slow -> scenario.withHandler(handler.withSlow(slow)));
    variants.addAll(
        Smaller.laws(handler.service(), GRAIN),
        law -> scenario.withHandler(handler.withService(law)));
    variants.replacing(
        handler.slow(),
        slow -> {
          List<Supplier<Handler.SlowKey>> plainer = new ArrayList<>();
          Smaller.laws(slow.service(), GRAIN)
              .forEach(law -> plainer.add(() -> new Handler.SlowKey(slow.key(), law)));
          return plainer;
        },
        slow -> scenario.withHandler(handler.withSlow(slow)));
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
