package io.heddle.scenarios.run;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.KafkaClients;
import io.heddle.scenarios.model.Interjections;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.core.SimulationFailure;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.history.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One run of a scenario on the simulated Kafka, in three phases: under faults nothing may break;
 * then the faults stop and everything has to finish; then every member closes in good order. What
 * members share with the run they touch inside the simulation, for the sake of real time.
 */
final class SimulatedRun {
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration STANDSTILL = Duration.ofSeconds(10);
  private static final Duration BLOCKED = Duration.ofSeconds(5);

  private final Scenario scenario;
  private final long seed;
  private final RunOptions options;
  private final SimulatedKafka kafka;
  private final RunLedger ledger;
  private final RunOutcomes outcomes;
  private final Lives lives = new Lives();
  private final RunFaults faults;
  private final DrawnService service;
  private final Choices.Stream chance;
  private final List<String> failures = new ArrayList<>();
  private final SimulatedWorkloads workloads;
  private final RunWaits waits;
  private boolean closing;

  SimulatedRun(
      Scenario scenario, long seed, Choices choices, RunOptions options, boolean realTime) {
    if (options.peer().isPresent()) {
      Peer.check(scenario.engine().work());
    }
    this.scenario = scenario;
    this.seed = seed;
    this.options = options;
    this.ledger =
        new RunLedger(
            scenario,
            scenario.expect().invariants(),
            topics(),
            scenario
                .engine()
                .work()
                .outputs()
                .map(each -> new OutputsChecker(each.topic(), each.each(), true)),
            options);
    this.kafka = kafka(choices, realTime);
    this.waits = new RunWaits(kafka.simulation(), options.interrupted());
    SimRuntime producer = SimulatedWorkloads.runtime(kafka);
    Dispatcher dispatcher =
        Dispatcher.of(
            scenario.produce(),
            options,
            producer.locks(),
            kafka.simulation()::nanoTime,
            waits::sleep,
            () -> kafka.simulation().inside(ledger::ready),
            () -> kafka.simulation().inside(ledger::drained));
    WatchedClients clients = new WatchedClients(options.history(), kafka.simulation()::nanoTime);
    this.outcomes =
        new RunOutcomes(
            kafka.simulation()::nanoTime,
            new Taken(),
            options.load(),
            dispatcher,
            MemberConfig.readCommitted(scenario));
    this.workloads =
        new SimulatedWorkloads(
            kafka, clients, choices, dispatcher, failures::add, outcomes.uncommitted());
    this.service = new DrawnService(scenario.handler(), choices, kafka.simulation());
    this.chance = choices.stream("engine.chance");
    FaultActions actions =
        new FaultActions(kafka, choices, scenario.group(), lives, this::startMember);
    this.faults = new RunFaults(scenario.faults(), FaultPlan.of(kafka), actions);
  }

  private SimulatedKafka kafka(Choices choices, boolean realTime) {
    SimulatedKafka.Builder builder =
        SimulatedKafka.builder(choices)
            .cluster(SimulatedCluster.settings(scenario))
            .limits(
                new Limits(
                    scenario.limits().virtual(),
                    scenario.limits().events(),
                    scenario.limits().wall(),
                    BLOCKED))
            .schedule(scenario.schedule())
            .latency(
                stream -> scenario.network().request().sample(stream::unit),
                stream -> scenario.network().response().sample(stream::unit))
            .facts(this::fact);
    options.trace().ifPresent(builder::trace);
    return (realTime ? builder.inRealTime() : builder).build();
  }

  private void fact(Fact fact) {
    ledger.accept(fact);
    faults.accept(fact);
    options.history().ifPresent(history -> faults.note(history, fact.atNanos()));
    if (fact instanceof Fact.Removed gone && !scenario.engine().deadLetters().isEmpty()) {
      outcomes.letters().removed(gone);
    }
    if (fact instanceof Fact.Truncated loss) {
      outcomes.letters().truncated(loss);
    }
    if (fact instanceof Fact.Committed commit) {
      options
          .load()
          .ifPresent(
              load ->
                  load.recorder().committed(commit.partition(), commit.offset(), fact.atNanos()));
    } else if (fact instanceof Fact.Completed) {
      options.progress().at(ledger.completed(), ledger.expected());
    }
  }

  /** Runs and judges. */
  RunResult run() throws Exception {
    long startedNanos = System.nanoTime();
    try {
      kafka.run(this::body);
    } catch (SimulationFailure stopped) {
      if (stopped.reason() == SimulationFailure.Reason.BLOCKED_OUTSIDE) {
        throw stopped;
      }
      kafka.record(
          new Fact.RunEnded(
              kafka.simulation().nanoTime(), false, stopped.getMessage() + "; " + ledger.state()));
    }
    long wallMillis = (System.nanoTime() - startedNanos) / 1_000_000;
    return result(wallMillis);
  }

  private void body() throws Exception {
    SimulatedCluster.createTopics(kafka, scenario);
    faults.arm();
    startMembers();
    workloads.start(scenario.produce());
    waits.sleepUnlessInterrupted(scenario.heal().at().toNanos());
    faults.heal();
    boolean drained =
        waits.await(scenario.heal().deadline(), () -> workloads.areSent() && ledger.drained());
    if (drained) {
      scenario.engine().work().interjections().ifPresent(this::checkInterjections);
    }
    String notClosed = drained ? close() : "";
    Results results =
        new Results(
            scenario,
            topic -> topic,
            kafka::consumer,
            kafka.simulation()::nanoTime,
            kafka::record,
            outcomes.letters());
    if (!waits.endsEarly()) {
      failures.addAll(results.read(scenario.limits().virtual().minus(LOOK).toNanos()));
    }
    boolean finished = drained && notClosed.isEmpty() && failures.isEmpty();
    String detail =
        drained
            ? String.join("; ", concat(failures, notClosed))
            : ledger.state() + lives.blockers();
    kafka.record(new Fact.RunEnded(kafka.simulation().nanoTime(), finished, detail));
  }

  private static List<String> concat(List<String> failures, String more) {
    return Stream.concat(failures.stream(), Stream.of(more))
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private void startMembers() {
    List<String> names = scenario.group().memberNames();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      long delay = scenario.group().stagger().toNanos() * i;
      var unused = kafka.simulation().after(delay, null, () -> startFirst(name));
    }
  }

  /** Unless it has been crashed, and restarted, before its time came. */
  private void startFirst(String name) {
    if (!lives.started(name)) {
      startMember(name);
    }
  }

  private void startMember(String name) {
    lives.starting(name);
    SimulatedProcess process = kafka.process(name);
    Supplier<Optional<Peer>> member = () -> member(name, process);
    var unused =
        process.start("main", () -> kafka.simulation().inside(member).ifPresent(Peer::start));
  }

  private Optional<Peer> member(String name, SimulatedProcess process) {
    if (closing) {
      // It would be the only one left, and nobody would close it.
      return Optional.empty();
    }
    MemberDealings dealings = outcomes.dealings(process.observer(), scenario.engine());
    MemberWatch watch =
        new MemberWatch(
            ledger.marks(),
            kafka.simulation()::nanoTime,
            kafka.simulation()::doInside,
            InterjectionPromises.of(outcomes.promises(), scenario.engine()),
            dealings);
    MemberSurroundings world = surroundings(process, watch, dealings.with(watch));
    Peer peer =
        options
            .peer()
            .map(factory -> factory.create(new PeerTask(scenario, process, world)))
            .orElseGet(() -> MemberApp.create(scenario, topics(), world));
    lives.begin(name, process, peer, watch);
    return Optional.of(peer);
  }

  private List<String> topics() {
    return scenario.topics().stream().map(Topic::name).toList();
  }

  private MemberSurroundings surroundings(
      SimulatedProcess process, MemberWatch watch, MemberDealings dealings) {
    SimRuntime runtime = process.runtime();
    WatchedClients clients = workloads.clients();
    String member = process.process().member().name();
    return new MemberSurroundings(
        member,
        scenario.engine().outputTopic().orElse(""),
        scenario.engine().changeLog().orElse(""),
        topic -> topic,
        MemberConfig.withAdmins(
            scenario.engine(),
            config -> process.admin(config),
            new KafkaClients(
                    () ->
                        dealings.watched(
                            clients.consumer(process, consumerConfig(member)), scenario.engine()),
                    () -> clients.producer(process, MemberConfig.ofProducer(scenario, member)))
                .withTransactionalProducers(
                    id -> clients.producer(process, MemberConfig.ofProducer(scenario, member, id)))
                .withRestoreConsumers(
                    isolation ->
                        process.consumer(MemberConfig.ofRestore(scenario, member, isolation)))),
        new EngineRuntime(
            runtime.clock(),
            runtime.nanoTime(),
            runtime.threadFactory("engine"),
            runtime.executor("strands", Integer.MAX_VALUE),
            runtime.executor("workers", Integer.MAX_VALUE),
            runtime.locks(),
            () -> kafka.simulation().inside(chance::unit)),
        watch,
        process.observer(),
        runtime::sleep,
        runtime.scheduledExecutor("timers", Integer.MAX_VALUE),
        service,
        lives.disk(member, watch::kept),
        dealings,
        outcomes);
  }

  private Map<String, Object> consumerConfig(String member) {
    return MemberConfig.of(scenario, scenario.group().id(), member);
  }

  private final class Taken implements RunOutcomes.Watcher {
    @Override
    public void service(long atNanos, long nanos, boolean measured) {
      take(history -> history.service(atNanos, nanos, measured));
    }

    @Override
    public void response(long atNanos, long nanos, boolean measured) {
      take(history -> history.response(atNanos, nanos, measured));
    }

    private void take(Consumer<RunHistory> what) {
      options
          .history()
          .ifPresent(history -> kafka.simulation().doInside(() -> what.accept(history)));
    }
  }

  /** Whoever stands still goes on after a while, and then there has to be one. */
  private void checkInterjections(Interjections asked) {
    Duration now = Duration.ofNanos(kafka.simulation().nanoTime());
    boolean goOn = waits.await(now.plus(STANDSTILL), () -> lives.overdue(asked).isEmpty());
    if (!goOn) {
      failures.addAll(lives.overdue(asked));
    }
  }

  /** Closes every living member; empty, or who did not close in time. */
  private String close() {
    closing = true;
    lives.stop();
    boolean closed =
        waits.await(scenario.limits().virtual().minus(LOOK), () -> lives.open().isEmpty());
    lives.closed();
    failures.addAll(lives.failures());
    return closed ? "" : "not closed in time: " + String.join(", ", lives.open());
  }

  private List<RunResult.InvariantResult> invariants() {
    return waits.endsEarly()
        ? ledger.invariants().stream().map(Judgement::forgiven).toList()
        : ledger.invariants();
  }

  private RunResult result(long wallMillis) {
    long endMillis = kafka.simulation().nanoTime() / 1_000_000;
    ledger.tellLoad();
    Judgement judgement = new Judgement(scenario, endMillis);
    judgement.invariants(ledger.violations());
    judgement.invariants(outcomes.promises().broken());
    if (waits.endsEarly()) {
      judgement.forgiveUnfinished();
    }
    judgement.thresholds(outcomes.service(), outcomes.response(), ledger.maxLag());
    if (options.judgeCoverage() && !options.interrupted().getAsBoolean()) {
      judgement.coverage(faults.results(), ledger.invariants(), ledger.markCounts());
    }
    return new RunResult(
        scenario.name(),
        seed,
        kafka.simulation().isRealTime() ? "simulated-realtime" : "simulated",
        judgement.violations(),
        invariants(),
        faults.results(),
        ledger.appended(),
        endMillis,
        wallMillis,
        kafka.simulation().isRealTime() ? null : kafka.traceHash(),
        outcomes.service(),
        outcomes.response(),
        ledger.markCounts());
  }
}
