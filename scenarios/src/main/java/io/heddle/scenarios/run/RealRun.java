package io.heddle.scenarios.run;

import io.heddle.engine.EngineListener;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.KafkaClients;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.Verdict;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.check.RecordingObserver;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One run of a scenario on a real Kafka, in real time. The members live in this JVM. Faults of the
 * network and of processes cannot be given to it, and who applied a commit cannot be asked: these
 * are listed as not applied. Its topics and its group have names of their own and are deleted at
 * the end.
 */
final class RealRun {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Set<Invariant> NOT_TO_BE_ASKED = Set.of(Invariant.OWNER_COMMIT);
  private static final String CANNOT_BE_GIVEN = "a real Kafka cannot be given this fault";
  private static final String CANNOT_BE_ASKED = "a real Kafka does not tell who made a commit";

  private final Scenario scenario;
  private final long seed;
  private final RealTarget target;
  private final RealFacts facts;
  private final Measurements measurements = new Measurements();
  private final List<EventSource> sources = new ArrayList<>();
  private final AtomicInteger producing = new AtomicInteger();
  private final List<String> invariants;
  private final ScheduledExecutorService timers;

  RealRun(Scenario scenario, long seed, RealTarget target, RunOptions options) {
    this.scenario = scenario;
    this.seed = seed;
    this.target = target;
    this.invariants =
        scenario.expect().invariants().stream()
            .filter(name -> !NOT_TO_BE_ASKED.contains(Invariant.of(name)))
            .toList();
    this.facts =
        new RealFacts(new RunLedger(scenario, invariants, topics()), options, expectedRecords());
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
    return scenario.produce().stream().mapToLong(PlannedRecords::expected).sum();
  }

  RunResult run() throws Exception {
    target.createTopics(scenario);
    facts.start();
    long startedNanos = System.nanoTime();
    try {
      startMembers();
      startWorkloads();
      long deadline = lastDue().plus(scenario.heal().within()).toNanos();
      boolean drained =
          await(deadline, () -> producing.get() == 0 && facts.allSent() && facts.drained());
      String notClosed = close();
      List<String> problems = facts.problems();
      if (!notClosed.isEmpty()) {
        problems.add(notClosed);
      }
      String detail = drained ? String.join("; ", problems) : facts.state();
      facts.accept(new Fact.RunEnded(facts.now(), drained && problems.isEmpty(), detail));
    } finally {
      sources.forEach(
          source -> {
            var unused = source.stopNow();
          });
      timers.shutdownNow();
      target.deleteTopics(scenario);
    }
    return result((System.nanoTime() - startedNanos) / 1_000_000);
  }

  private Duration lastDue() {
    return scenario.produce().stream()
        .map(Workload::lastDue)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private boolean await(long deadlineNanos, java.util.function.BooleanSupplier goal)
      throws InterruptedException {
    while (!goal.getAsBoolean()) {
      if (facts.now() >= deadlineNanos) {
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
      EventSource source = MemberApp.create(scenario, topics(), surroundings(member));
      sources.add(source);
      source.start();
    }
  }

  private MemberSurroundings surroundings(Member member) {
    EngineRuntime runtime = EngineRuntime.system();
    Map<String, Object> config = new HashMap<>(target.clientConfig());
    config.putAll(MemberConfig.of(scenario, target.named(scenario.group().id())));
    config.put("client.id", member.name());
    return new MemberSurroundings(
        new KafkaClients(() -> new KafkaConsumer<>(config), this::producer),
        runtime,
        new Listener(member),
        new RecordingObserver(member, facts::now, facts::accept),
        RealRun::sleep,
        timers,
        this::serviceNanos,
        new Outcomes());
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(target.clientConfig());
    config.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    config.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    return new KafkaProducer<>(config);
  }

  /** Drawn for each record by itself, as here nobody decides which thread is first. */
  private long serviceNanos(Payload payload) {
    Choices.Stream stream =
        new SeededChoices(seed)
            .stream("handler.service." + payload.workload() + "." + payload.sequence());
    return scenario.handler().serviceOf(payload.key()).sample(stream::unit);
  }

  /** What the members' engines tell stands for what the broker is not asked. */
  private final class Listener implements EngineListener {
    private final Member member;

    private Listener(Member member) {
      this.member = member;
    }

    @Override
    public void assigned(Set<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        facts.accept(new Fact.Assigned(facts.now(), member, 0, List.copyOf(partitions)));
      }
    }

    @Override
    public void willRevoke(Set<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        facts.accept(new Fact.RevokeStarted(facts.now(), member, List.copyOf(partitions)));
      }
    }

    @Override
    public void revoked(Set<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        facts.accept(new Fact.Revoked(facts.now(), member, List.copyOf(partitions)));
      }
    }

    @Override
    public void lost(Set<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        facts.accept(new Fact.Lost(facts.now(), member, List.copyOf(partitions), "lost"));
      }
    }

    @Override
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
      offsets.forEach(
          (partition, offset) ->
              facts.accept(
                  new Fact.Committed(
                      facts.now(),
                      scenario.group().id(),
                      member,
                      0,
                      partition,
                      offset.offset(),
                      offset.leaderEpoch().orElse(-1),
                      offset.metadata())));
    }

    @Override
    public void failed(Throwable failure) {
      facts.problem(member + " stopped by itself: " + failure.getMessage());
    }
  }

  private final class Outcomes implements MemberSurroundings.Outcomes {
    @Override
    public void worked(long nanos) {
      measurements.service(nanos);
    }

    @Override
    public void completed(Payload payload) {
      measurements.response(facts.now() - payload.dueNanos());
    }
  }

  private void startWorkloads() {
    for (int i = 0; i < scenario.produce().size(); i++) {
      int index = i;
      producing.incrementAndGet();
      Thread thread =
          new Thread(
              () -> {
                try {
                  produce(scenario.produce().get(index), index);
                } catch (RuntimeException failed) {
                  facts.problem("workload " + index + " failed: " + failed.getMessage());
                } finally {
                  producing.decrementAndGet();
                }
              },
              "heddle-workload-" + index);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void produce(Workload workload, int index) {
    PlannedRecords planned = new PlannedRecords(workload, index, new SeededChoices(seed));
    String topic = target.named(workload.topic());
    try (Producer<byte[], byte[]> producer = producer()) {
      while (planned.hasNext()) {
        PlannedRecords.Planned next = planned.next();
        long wait = next.payload().dueNanos() - facts.now();
        while (wait > 0) {
          LockSupport.parkNanos(wait);
          wait = next.payload().dueNanos() - facts.now();
        }
        send(producer, topic, next);
      }
    }
  }

  private void send(Producer<byte[], byte[]> producer, String topic, PlannedRecords.Planned next) {
    facts.sending();
    Future<RecordMetadata> sent =
        producer.send(
            new ProducerRecord<>(
                topic,
                next.payload().key().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                next.payload().encode(next.size())),
            (metadata, failure) -> {
              if (failure == null) {
                facts.appended(
                    new TopicPartition(metadata.topic(), metadata.partition()),
                    metadata.offset(),
                    next.payload().key());
              } else {
                facts.problem("a record was not sent: " + failure.getMessage());
              }
              facts.sent();
            });
    if (sent.isCancelled()) {
      throw new AssertionError("a send was cancelled");
    }
  }

  private String close() throws InterruptedException {
    List<Future<Void>> closing = new ArrayList<>();
    sources.forEach(source -> closing.add(source.stop()));
    long deadline = facts.now() + scenario.heal().within().toNanos();
    boolean closed = await(deadline, () -> closing.stream().allMatch(Future::isDone));
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
    for (String name : scenario.expect().invariants()) {
      results.add(
          Optional.ofNullable(judged.get(name))
              .orElseGet(() -> new InvariantResult(name, 0, Verdict.NOT_APPLIED, CANNOT_BE_ASKED)));
    }
    Judgement judgement = new Judgement(scenario, wallMillis);
    judgement.invariants(facts.ledger().violations());
    judgement.thresholds(
        measurements.serviceSummary(), measurements.responseSummary(), facts.ledger().maxLag());
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
        measurements.serviceSummary(),
        measurements.responseSummary(),
        facts.ledger().markCounts());
  }
}
