package io.heddle.scenarios.run;

import io.heddle.engine.EngineListener;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.PauseReason;
import io.heddle.engine.SourceState;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Workload;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.core.SimulationFailure;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One run of a scenario on the simulated Kafka, in three phases: under faults nothing may break;
 * then the faults stop and everything has to finish; then every member closes in good order.
 */
final class SimulatedRun {
  private static final String PRODUCER = "producer";
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration BLOCKED = Duration.ofSeconds(5);
  private static final int MIN_SESSION_MS = 1;
  private static final int MAX_SESSION_MS = 1_800_000;

  private final Scenario scenario;
  private final long seed;
  private final RunOptions options;
  private final Choices choices;
  private final SimulatedKafka kafka;
  private final RunLedger ledger;
  private final Measurements measurements = new Measurements();
  private final Map<String, EventSource> sources = new LinkedHashMap<>();
  private final List<FaultRule> rules = new ArrayList<>();
  private final TimedFaults timedFaults;
  private final Choices.Stream serviceTimes;
  private final List<String> failures = new ArrayList<>();
  private int producing;
  private boolean closing;

  SimulatedRun(Scenario scenario, long seed, Choices choices, RunOptions options) {
    this.scenario = scenario;
    this.seed = seed;
    this.choices = choices;
    this.options = options;
    this.ledger =
        new RunLedger(
            scenario,
            scenario.expect().invariants(),
            scenario.topics().stream().map(Topic::name).toList());
    this.kafka = kafka();
    this.serviceTimes = choices.stream("handler.service");
    this.timedFaults =
        new TimedFaults(
            kafka,
            choices,
            scenario.group().id(),
            scenario.group().memberNames(),
            this::startMember);
  }

  private SimulatedKafka kafka() {
    GroupSettings groups =
        GroupSettings.defaults()
            .withSessionTimeoutMs(MIN_SESSION_MS, MAX_SESSION_MS)
            .withInitialRebalanceDelayMs((int) scenario.kafka().initialRebalanceDelay().toMillis());
    SimulatedKafka.Builder builder =
        SimulatedKafka.builder(choices)
            .cluster(
                ClusterSettings.defaults()
                    .withBrokers(scenario.kafka().brokers())
                    .withAutoCreateTopics(false)
                    .withGroups(groups))
            .limits(
                new Limits(
                    scenario.limits().virtual(),
                    scenario.limits().events(),
                    scenario.limits().wall(),
                    BLOCKED))
            .latency(
                stream -> scenario.network().request().sample(stream::unit),
                stream -> scenario.network().response().sample(stream::unit))
            .facts(this::fact);
    options.trace().ifPresent(builder::trace);
    return builder.build();
  }

  private void fact(Fact fact) {
    ledger.accept(fact);
    if (fact instanceof Fact.Completed) {
      options.progress().at(ledger.completed(), expectedRecords());
    }
  }

  private long expectedRecords() {
    return scenario.produce().stream().mapToLong(PlannedRecords::expected).sum();
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
    scenario.topics().forEach(topic -> kafka.createTopic(topic.name(), topic.partitions()));
    for (Fault fault : scenario.faults()) {
      if (fault.trigger() instanceof Trigger.OnRequest request) {
        FaultRule rule = FaultRules.rule(fault, request);
        rules.add(rule);
        kafka.add(rule);
      } else {
        timedFaults.arm(fault);
      }
    }
    startMembers();
    for (int i = 0; i < scenario.produce().size(); i++) {
      startWorkload(i);
    }
    kafka.simulation().sleep(scenario.heal().at().toNanos());
    rules.forEach(FaultRule::heal);
    timedFaults.heal();
    kafka.record(new Fact.Healed(kafka.simulation().nanoTime()));
    boolean drained = await(scenario.heal().deadline(), () -> producing == 0 && ledger.drained());
    String notClosed = drained ? close() : "";
    boolean finished = drained && notClosed.isEmpty() && failures.isEmpty();
    String detail =
        drained ? String.join("; ", concat(failures, notClosed)) : ledger.state() + blockers();
    kafka.record(new Fact.RunEnded(kafka.simulation().nanoTime(), finished, detail));
  }

  private static List<String> concat(List<String> failures, String more) {
    List<String> all = new ArrayList<>(failures);
    if (!more.isEmpty()) {
      all.add(more);
    }
    return all;
  }

  private boolean await(Duration until, java.util.function.BooleanSupplier goal) {
    long deadline = until.toNanos();
    while (!goal.getAsBoolean()) {
      long left = deadline - kafka.simulation().nanoTime();
      if (left <= 0) {
        return false;
      }
      kafka.simulation().sleep(Math.min(left, LOOK.toNanos()));
    }
    return true;
  }

  private void startMembers() {
    List<String> names = scenario.group().memberNames();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      long delay = scenario.group().stagger().toNanos() * i;
      var unused = kafka.simulation().after(delay, null, () -> startMember(name));
    }
  }

  private void startMember(String name) {
    SimulatedProcess process = kafka.process(name);
    var unused = process.start("main", () -> startSource(name, process));
  }

  private void startSource(String name, SimulatedProcess process) {
    if (closing) {
      // It would be the only one left, and nobody would close it.
      return;
    }
    EventSource source =
        MemberApp.create(
            scenario, scenario.topics().stream().map(Topic::name).toList(), surroundings(process));
    sources.put(name, source);
    source.start();
  }

  private MemberSurroundings surroundings(SimulatedProcess process) {
    SimRuntime runtime = process.runtime();
    return new MemberSurroundings(
        new KafkaClients(
            () -> process.consumer(consumerConfig()), () -> process.producer(Map.of())),
        new EngineRuntime(
            runtime.clock(),
            runtime.nanoTime(),
            runtime.threadFactory("engine"),
            runtime.executor("strands", Integer.MAX_VALUE),
            runtime.executor("workers", Integer.MAX_VALUE),
            runtime.locks()),
        new Watcher(),
        process.observer(),
        runtime::sleep,
        runtime.scheduledExecutor("timers", Integer.MAX_VALUE),
        payload -> scenario.handler().serviceOf(payload.key()).sample(serviceTimes::unit),
        new Outcomes());
  }

  private Map<String, Object> consumerConfig() {
    return MemberConfig.of(scenario, scenario.group().id());
  }

  private final class Watcher implements EngineListener {
    @Override
    public void paused(TopicPartition partition, PauseReason reason) {
      ledger.marks().hit(Marks.Mark.INTAKE_PAUSED);
    }
  }

  private final class Outcomes implements MemberSurroundings.Outcomes {
    @Override
    public void worked(long nanos) {
      measurements.service(nanos);
    }

    @Override
    public void completed(Payload payload) {
      measurements.response(kafka.simulation().nanoTime() - payload.dueNanos());
    }
  }

  private void startWorkload(int index) {
    Workload workload = scenario.produce().get(index);
    producing++;
    var unused =
        kafka
            .process(PRODUCER)
            .start(
                "workload-" + index,
                () -> {
                  produce(workload, index);
                  producing--;
                });
  }

  private void produce(Workload workload, int index) {
    PlannedRecords planned = new PlannedRecords(workload, index, choices);
    try (Producer<byte[], byte[]> producer = kafka.process(PRODUCER).producer(Map.of())) {
      while (planned.hasNext()) {
        PlannedRecords.Planned next = planned.next();
        long wait = next.payload().dueNanos() - kafka.simulation().nanoTime();
        if (wait > 0) {
          kafka.simulation().sleep(wait);
        }
        Future<RecordMetadata> sent =
            producer.send(
                new ProducerRecord<>(
                    workload.topic(),
                    next.payload().key().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    next.payload().encode(next.size())),
                (metadata, failure) -> {
                  if (failure != null) {
                    failures.add("a record was not sent: " + failure.getMessage());
                  }
                });
        if (sent.isCancelled()) {
          throw new AssertionError("a send was cancelled");
        }
      }
    }
  }

  /** Closes every living member; empty, or who did not close in time. */
  private String close() {
    closing = true;
    sources.forEach(
        (name, source) -> {
          if (!kafka.process(name).process().crashed()) {
            var unused = source.stop();
          }
        });
    boolean closed = await(scenario.limits().virtual().minus(LOOK), () -> open().isEmpty());
    sources.forEach(
        (name, source) ->
            source
                .failure()
                .filter(why -> !kafka.process(name).process().crashed())
                .ifPresent(why -> failures.add(name + " stopped by itself: " + describe(why))));
    return closed ? "" : "not closed in time: " + String.join(", ", open());
  }

  private static String describe(Throwable why) {
    return why.getClass().getSimpleName() + ": " + why.getMessage();
  }

  private List<String> open() {
    List<String> open = new ArrayList<>();
    sources.forEach(
        (name, source) -> {
          boolean over =
              source.state() == SourceState.CLOSED || source.state() == SourceState.FAILED;
          if (!over && !kafka.process(name).process().crashed()) {
            open.add(name);
          }
        });
    return open;
  }

  private String blockers() {
    List<String> lines = new ArrayList<>();
    sources.forEach(
        (name, source) -> {
          if (!kafka.process(name).process().crashed()) {
            source
                .commitBlockers()
                .forEach(
                    blocker ->
                        lines.add(
                            name
                                + " waits for offset "
                                + blocker.offset()
                                + " of "
                                + blocker.partition()
                                + " for "
                                + blocker.age().toMillis()
                                + " ms"));
          }
        });
    return lines.isEmpty() ? "" : "; " + String.join(", ", lines);
  }

  private RunResult result(long wallMillis) {
    long endMillis = kafka.simulation().nanoTime() / 1_000_000;
    List<FaultResult> faults = new ArrayList<>();
    Map<String, Long> fired = new LinkedHashMap<>();
    rules.forEach(rule -> fired.put(rule.name(), rule.fired()));
    for (Fault fault : scenario.faults()) {
      long times =
          Optional.ofNullable(fired.get(fault.name()))
              .orElseGet(() -> timedFaults.fired(fault.name()));
      faults.add(new FaultResult(fault.name(), times, true, null));
    }
    Judgement judgement = new Judgement(scenario, endMillis);
    judgement.invariants(ledger.violations());
    judgement.thresholds(
        measurements.serviceSummary(), measurements.responseSummary(), ledger.maxLag());
    if (options.judgeCoverage()) {
      judgement.coverage(faults, ledger.invariants(), ledger.markCounts());
    }
    return new RunResult(
        scenario.name(),
        seed,
        "simulated",
        judgement.violations(),
        ledger.invariants(),
        faults,
        ledger.appended(),
        endMillis,
        wallMillis,
        kafka.traceHash(),
        measurements.serviceSummary(),
        measurements.responseSummary(),
        ledger.markCounts());
  }
}
