package io.heddle.planted.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SourceState;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.check.CheckSettings;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.Schedule;
import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.core.SimulationFailure;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One run of an application that scenario files cannot describe, on the simulated Kafka: members,
 * records, trouble, and then everything has to finish.
 */
final class DrillRun {
  static final String TOPIC = "orders";
  static final int PARTITIONS = 3;

  private static final String GROUP = "drill";
  private static final int KEYS = 8;
  private static final Duration HEAL = Duration.ofSeconds(3);
  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final Duration PROMPTLY = Duration.ofSeconds(10);
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final Choices choices;
  private final boolean calm;
  private final boolean prompt;
  private final Choices.Stream draw;
  private final SimulatedKafka kafka;
  private final Rules rules;
  private final Checks checks;
  private final Application application;
  private final Map<TopicPartition, Long> behind = new TreeMap<>(ORDER);
  private final Map<String, Fact.Appended> waiting = new TreeMap<>();
  private final Map<String, Life> lives = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private boolean closing;
  private boolean single;
  private boolean cutOff;
  private int records;

  DrillRun(
      Choices choices,
      boolean calm,
      Schedule schedule,
      Optional<Consumer<String>> lines,
      Function<DrillRun, Application> maker) {
    this.choices = choices;
    this.calm = calm;
    this.draw = choices.stream("drill");
    this.prompt = draw.chance(0.3);
    this.records = 60 + (int) draw.below(60);
    SimulatedKafka.Builder builder =
        SimulatedKafka.builder(choices)
            .cluster(
                ClusterSettings.defaults()
                    .withGroups(
                        GroupSettings.defaults()
                            .withInitialRebalanceDelayMs(0)
                            .withSessionTimeoutMs(1, 1_800_000)))
            .limits(
                new Limits(
                    Duration.ofMinutes(2), 2_000_000, Duration.ofSeconds(8), Duration.ofSeconds(5)))
            .schedule(schedule)
            .facts(this::fact);
    lines.ifPresent(builder::trace);
    this.kafka = builder.build();
    this.rules = new Rules(kafka.simulation()::nanoTime);
    this.application = maker.apply(this);
    this.checks =
        Checks.of(
            EnumSet.complementOf(EnumSet.of(Invariant.EXACTLY_ONCE)),
            CheckSettings.DEFAULT
                .withTopics(List.of(TOPIC))
                .withRevokeDeadline(application.drainTimeout()));
  }

  /** Draws of how this run is. */
  Choices.Stream draw() {
    return draw;
  }

  SimulatedKafka kafka() {
    return kafka;
  }

  Rules rules() {
    return rules;
  }

  boolean isCalm() {
    return calm;
  }

  /** The present lives of the members, by name. */
  Map<String, Life> lives() {
    return lives;
  }

  /** Whether nothing goes wrong, polls wait for long, and all is to be done soon all the same. */
  boolean isPrompt() {
    return prompt;
  }

  /** The hash of its trace; empty where a limit ended it, which may be one of real time. */
  Optional<String> hash() {
    return cutOff ? Optional.empty() : Optional.of(kafka.traceHash());
  }

  /** Runs, and tells what was broken, the first first. */
  List<Violation> run() throws Exception {
    try {
      kafka.run(this::body);
    } catch (SimulationFailure stopped) {
      cutOff = stopped.reason() == SimulationFailure.Reason.LIMIT;
      ended(false, String.valueOf(stopped.getMessage()));
    }
    List<Violation> all = new ArrayList<>(rules.broken());
    checks
        .violations()
        .forEach(
            each ->
                all.add(
                    new Violation(
                        each.invariant(),
                        each.message(),
                        each.atNanos() / 1_000_000,
                        each.lines())));
    all.sort(Comparator.comparingLong(Violation::atMillis));
    return all;
  }

  private void fact(Fact fact) {
    checks.accept(fact);
    if (fact instanceof Fact.Appended appended && appended.partition().topic().equals(TOPIC)) {
      behind.merge(appended.partition(), 1L, Long::sum);
      waiting.put(place(appended.partition(), appended.offset()), appended);
    } else if (fact instanceof Fact.Completed completed) {
      waiting.remove(place(completed.partition(), completed.offset()));
    } else if (fact instanceof Fact.Committed commit) {
      long end = kafka.cluster().endOffset(commit.partition());
      behind.put(commit.partition(), end - commit.offset());
    }
  }

  private static String place(TopicPartition partition, long offset) {
    return partition + "@" + offset;
  }

  /** How many records of other keys than this one have been there for so long and wait still. */
  long waitingOf(String otherThan, long millis) {
    long latest = kafka.simulation().nanoTime() - millis * 1_000_000;
    return waiting.values().stream()
        .filter(record -> record.atNanos() < latest && !otherThan.equals(record.key()))
        .count();
  }

  private void ended(boolean finished, String detail) {
    kafka.record(new Fact.RunEnded(kafka.simulation().nanoTime(), finished, detail));
  }

  private void body() throws Exception {
    kafka.createTopic(TOPIC, PARTITIONS);
    kafka.createTopic("outputs", 1);
    if (!calm && !prompt) {
      application.trouble(this);
    }
    int members = calm || single ? 1 : 1 + (int) draw.below(3);
    for (int i = 1; i <= members; i++) {
      start(kafka.process("m" + i));
    }
    application.produce(this, records);
    long left = (prompt ? 0 : HEAL.toNanos()) - kafka.simulation().nanoTime();
    kafka.simulation().sleep(Math.max(0, left));
    kafka.record(new Fact.Healed(kafka.simulation().nanoTime()));
    application.healed(this);
    long deadline = kafka.simulation().nanoTime() + (prompt ? PROMPTLY : WITHIN).toNanos();
    boolean drained = await(deadline, () -> behind.values().stream().allMatch(n -> n == 0));
    if (drained) {
      close();
    }
    ended(drained && failures.isEmpty(), behind + " " + String.join("; ", failures));
  }

  /** Waits, in virtual time. */
  boolean await(long deadlineNanos, BooleanSupplier goal) {
    while (!goal.getAsBoolean()) {
      if (kafka.simulation().nanoTime() >= deadlineNanos) {
        return false;
      }
      kafka.simulation().sleep(10_000_000);
    }
    return true;
  }

  /** Produces so many records, some at once and some apart. */
  void produce(int count) {
    Choices.Stream keys = choices.stream("drill.keys");
    try (Producer<byte[], byte[]> producer = kafka.producer(MemberSettings.producer())) {
      for (int i = 0; i < count; i++) {
        byte[] key = ("k" + Math.min(keys.below(KEYS), keys.below(KEYS))).getBytes(UTF_8);
        Future<RecordMetadata> unused =
            producer.send(new ProducerRecord<>(TOPIC, key, new byte[] {1}));
        if (keys.chance(0.3)) {
          kafka.simulation().sleep(keys.below(60_000_000));
        }
      }
    }
  }

  /** Does something at this time of the run. */
  void at(long millis, Runnable action) {
    var unused = kafka.simulation().after(millis * 1_000_000, null, action);
  }

  /** Rebalances, a crash, commits that fail; of each some seeds have none. */
  void usualTrouble() {
    if (draw.chance(0.6)) {
      for (long time = 300; time < HEAL.toMillis(); time += 200 + draw.below(600)) {
        at(time, () -> kafka.forceRebalance(GROUP));
      }
    }
    if (draw.chance(0.4)) {
      at(500 + draw.below(1_500), () -> restart("m1"));
    }
    if (draw.chance(0.3)) {
      at(300 + draw.below(500), () -> pause("m1"));
    }
    if (draw.chance(0.5)) {
      fault(ApiKey.OFFSET_COMMIT, 0.2, new Verdict.ApplyThenDrop());
      fault(ApiKey.OFFSET_COMMIT, 0.2, new Verdict.Fail(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
    }
  }

  private void pause(String name) {
    if (!kafka.process(name).process().crashed()) {
      kafka.pause(name, Duration.ofMillis(1_800));
    }
  }

  /** Kills a member and starts it anew. */
  void restart(String name) {
    if (!closing) {
      crash(name);
      start(kafka.restart(name));
    }
  }

  /** There is to be one member at first. */
  void single() {
    single = true;
  }

  /** Kills a member for good. */
  void crash(String name) {
    kafka.crash(name);
  }

  /** A share of these requests goes wrong until faults end. */
  void fault(ApiKey api, double share, Verdict verdict) {
    FaultRule rule =
        new FaultRule(
            api + " " + verdict,
            exchange -> exchange.request().api() == api,
            new FaultRule.Trigger.WithProbability(share),
            verdict);
    kafka.add(rule);
    at(HEAL.toMillis(), rule::heal);
  }

  /** Starts a member that is new or was restarted. */
  void start(SimulatedProcess process) {
    var unused = process.start("main", () -> begin(process));
  }

  /** Has a process do something that is no member's work. */
  void start(SimulatedProcess process, Runnable body) {
    var unused = process.start("main", body);
  }

  private void begin(SimulatedProcess process) {
    Life life =
        new Life(process, rules, choices.stream("drill.work"), prompt || calm ? 0 : pauses());
    SimRuntime runtime = process.runtime();
    Choices.Stream chance = choices.stream("drill.jitter");
    EventSource source =
        new EventSource(
            application.config(
                MemberSettings.source(prompt).withDrainTimeout(application.drainTimeout()), life),
            new KafkaClients(
                    () -> process.consumer(application.consumer(MemberSettings.consumer(GROUP))),
                    () -> process.producer(MemberSettings.producer()))
                .withTransactionalProducers(
                    id -> process.producer(MemberSettings.transactional(id))),
            new EngineRuntime(
                runtime.clock(),
                runtime.nanoTime(),
                runtime.threadFactory("engine"),
                runtime.executor("strands", Integer.MAX_VALUE),
                runtime.executor("workers", Integer.MAX_VALUE),
                runtime.locks(),
                chance::unit),
            life);
    application.register(source, life);
    life.begin(source);
    lives.put(life.name(), life);
    source.start();
  }

  private double pauses() {
    return draw.chance(0.7) ? 0.4 : 0;
  }

  private void close() {
    closing = true;
    List<Life> living = lives.values().stream().filter(life -> !life.hasCrashed()).toList();
    living.forEach(
        life -> {
          life.source()
              .activeKeys()
              .forEach(
                  (stage, keys) ->
                      rules.check(keys == 0, "idle", stage + " has " + keys + " keys at the end"));
          var unused = life.source().stop();
        });
    long deadline = kafka.simulation().nanoTime() + WITHIN.toNanos();
    boolean closed =
        await(
            deadline,
            () ->
                living.stream()
                    .map(life -> life.source().state())
                    .allMatch(state -> state == SourceState.CLOSED || state == SourceState.FAILED));
    if (!closed) {
      failures.add("not closed in time");
    }
    living.stream()
        .filter(life -> !application.mayFail(life))
        .forEach(
            life ->
                life.source()
                    .failure()
                    .ifPresent(why -> failures.add(life.name() + " stopped by itself: " + why)));
  }
}
