package io.heddle.scenarios.run;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.KafkaClients;
import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.Verdict;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.check.RecordingObserver;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * One run of a scenario on a real Kafka, in real time. The members live in this JVM. Faults of the
 * network and of processes cannot be given to it, and who applied a commit cannot be asked: these
 * are listed as not applied. Its topics and its group have names of their own and are deleted at
 * the end.
 */
final class RealRun {
  private static final Duration LOOK = Duration.ofMillis(20);

  /** How long an interrupted run may take to come to a good end. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final Set<String> NOT_TO_BE_ASKED = Set.of(Invariant.OWNER_COMMIT.label());

  private static final String CANNOT_BE_GIVEN = "a real Kafka cannot be given this fault";
  private static final String CANNOT_BE_ASKED = "a real Kafka does not tell who made a commit";

  private final Scenario scenario;
  private final long seed;
  private final RealTarget target;
  private final RealFacts facts;
  private final RunOptions options;
  private final RunOutcomes outcomes;
  private final RealService service;
  private final RealWorkloads workloads;
  private final List<EngineMember> members = new ArrayList<>();
  private final List<String> invariants;
  private final ScheduledExecutorService timers;
  private long interruptedNanos;

  RealRun(Scenario scenario, long seed, RealTarget target, RunOptions options) {
    this.scenario = scenario;
    this.seed = seed;
    this.target = target;
    this.options = options;
    this.invariants =
        scenario.expect().invariants().stream()
            .filter(name -> !NOT_TO_BE_ASKED.contains(name))
            .toList();
    this.facts =
        new RealFacts(
            new RunLedger(
                scenario,
                invariants,
                topics(),
                scenario
                    .engine()
                    .work()
                    .outputs()
                    .map(
                        each -> new OutputsChecker(target.named(each.topic()), each.each(), false)),
                options),
            options,
            expectedRecords());
    Dispatcher dispatcher =
        Dispatcher.of(
            scenario.produce(),
            options,
            ReentrantLock::new,
            facts::now,
            RealWorkloads.sleeper(options.interrupted()),
            facts::ready,
            // Its logs lose nothing.
            () -> false);
    this.outcomes =
        new RunOutcomes(
            facts::now, facts, options.load(), dispatcher, MemberConfig.readCommitted(scenario));
    this.workloads =
        new RealWorkloads(seed, target, facts, dispatcher, this::producer, outcomes.uncommitted());
    this.service = new RealService(scenario.handler(), seed);
    this.timers =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "heddle-timers");
              thread.setDaemon(true);
              return thread;
            });
  }

  private List<String> topics() {
    return scenario.topics().stream().map(Topic::name).map(target::named).toList();
  }

  private long expectedRecords() {
    if (options.load().isPresent()) {
      return options.load().get().expected();
    }
    return scenario.produce().stream().mapToLong(PlannedRecords::expected).sum();
  }

  RunResult run() throws Exception {
    target.createTopics(scenario);
    facts.start();
    long startedNanos = System.nanoTime();
    try {
      startMembers();
      workloads.start(scenario.produce());
      Duration started = options.load().isPresent() ? LoadRun.UNTIL_ALL_ARE_THERE : Duration.ZERO;
      long deadline = started.plus(lastDue()).plus(scenario.heal().within()).toNanos();
      boolean drained =
          await(deadline, () -> workloads.areSent() && facts.allSent() && facts.drained());
      String notClosed = close();
      List<String> problems = facts.problems();
      if (!ended()) {
        Results results =
            new Results(
                scenario,
                target::named,
                target::consumer,
                facts::now,
                facts::accept,
                outcomes.letters());
        long until = facts.now() + scenario.heal().within().toNanos();
        problems.addAll(results.read(until));
        problems.addAll(results.readAnswers(until));
      }
      if (!notClosed.isEmpty()) {
        problems.add(notClosed);
      }
      String detail = drained ? String.join("; ", problems) : facts.state();
      facts.accept(new Fact.RunEnded(facts.now(), drained && problems.isEmpty(), detail));
    } finally {
      members.forEach(
          member -> {
            var unused = member.source().stopNow();
          });
      timers.shutdownNow();
      tidy();
    }
    target.check(facts.refusal());
    return result((System.nanoTime() - startedNanos) / 1_000_000);
  }

  /** Whether there is no point in going on: Kafka refuses, or somebody wants the end. */
  private boolean ended() {
    return options.interrupted().getAsBoolean() || facts.refusal().isPresent();
  }

  private void tidy() throws InterruptedException, RealTarget.Unavailable {
    try {
      target.deleteTopics(scenario);
    } catch (RealTarget.Unavailable gone) {
      // What went wrong before says more, and an interrupted run may have lost its Kafka first.
      if (!ended()) {
        throw gone;
      }
    }
  }

  private Duration lastDue() {
    if (options.load().isPresent()) {
      return Duration.ofNanos(options.load().get().profile().endNanos());
    }
    return scenario.produce().stream()
        .map(Workload::lastDue)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private boolean await(long deadlineNanos, java.util.function.BooleanSupplier goal)
      throws InterruptedException {
    while (!goal.getAsBoolean()) {
      facts.settle();
      if (options.interrupted().getAsBoolean() && interruptedNanos == 0) {
        interruptedNanos = facts.now();
      }
      boolean patienceEnds =
          interruptedNanos > 0 && facts.now() >= interruptedNanos + PATIENCE.toNanos();
      if (patienceEnds || facts.refusal().isPresent() || facts.now() >= deadlineNanos) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
    return true;
  }

  private static void sleep(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos);
  }

  private void startMembers() {
    for (String name : scenario.group().memberNames()) {
      Member member = new Member(name, 1);
      EngineMember application = MemberApp.create(scenario, topics(), surroundings(member));
      members.add(application);
      application.start();
    }
  }

  private MemberSurroundings surroundings(Member member) {
    EngineRuntime runtime = EngineRuntime.system();
    Observer observer = new RecordingObserver(member, facts::now, facts::accept);
    MemberDealings dealings = outcomes.dealings(observer, scenario.engine());
    Map<String, Object> config = new HashMap<>(target.clientConfig());
    config.putAll(MemberConfig.of(scenario, target.named(scenario.group().id()), member.name()));
    config.put("client.id", member.name());
    return new MemberSurroundings(
        member.name(),
        scenario.engine().outputTopic().map(target::named).orElse(""),
        scenario.engine().changeLog().map(target::named).orElse(""),
        target::named,
        MemberConfig.withAdmins(
            scenario.engine(),
            target::admin,
            new KafkaClients(
                    () -> dealings.watched(new KafkaConsumer<>(config), scenario.engine()),
                    () -> producer(MemberConfig.ofProducer(scenario, member.name())))
                .withTransactionalProducers(
                    id ->
                        producer(
                            MemberConfig.ofProducer(scenario, member.name(), target.named(id))))
                .withRestoreConsumers(
                    isolation ->
                        target.consumer(
                            MemberConfig.ofRestore(scenario, member.name(), isolation)))),
        runtime,
        new RealListener(member, scenario.group().id(), facts, dealings),
        observer,
        RealRun::sleep,
        timers,
        service,
        MemberDisk.empty(() -> {}),
        // In real time threads are late, and the distances of interjections prove nothing.
        dealings,
        outcomes);
  }

  private Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> config = new HashMap<>(target.clientConfig());
    config.putAll(settings);
    config.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    config.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    return new KafkaProducer<>(config);
  }

  private String close() throws InterruptedException {
    List<Future<Void>> closing = new ArrayList<>();
    members.forEach(member -> closing.add(member.source().stop()));
    long deadline = facts.now() + scenario.heal().within().toNanos();
    boolean closed = await(deadline, () -> closing.stream().allMatch(Future::isDone));
    if (closed) {
      members.forEach(EngineMember::closed);
    }
    return closed ? "" : "not all members closed in time";
  }

  private RunResult result(long wallMillis) {
    List<FaultResult> faults = new ArrayList<>();
    for (Fault fault : scenario.faults()) {
      faults.add(new FaultResult(fault.name(), 0, false, CANNOT_BE_GIVEN));
    }
    List<InvariantResult> results = new ArrayList<>();
    Map<String, InvariantResult> judged = new HashMap<>();
    facts.ledger().invariants().forEach(each -> judged.put(each.name(), each));
    if (options.interrupted().getAsBoolean()) {
      judged.computeIfPresent("progress", (name, each) -> Judgement.forgiven(each));
    }
    for (String name : scenario.expect().invariants()) {
      results.add(
          Optional.ofNullable(judged.get(name))
              .orElseGet(() -> new InvariantResult(name, 0, Verdict.NOT_APPLIED, CANNOT_BE_ASKED)));
    }
    facts.ledger().tellLoad();
    Judgement judgement = new Judgement(scenario, wallMillis);
    judgement.invariants(facts.ledger().violations());
    judgement.invariants(outcomes.promises().broken());
    if (options.interrupted().getAsBoolean()) {
      judgement.forgiveUnfinished();
    }
    judgement.thresholds(outcomes.service(), outcomes.response(), facts.ledger().maxLag());
    return new RunResult(
        scenario.name(),
        seed,
        target.label(),
        judgement.violations(),
        results,
        faults,
        facts.ledger().appended(),
        wallMillis,
        wallMillis,
        null,
        outcomes.service(),
        outcomes.response(),
        facts.ledger().markCounts());
  }
}
