package io.heddle.members;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.Patience;
import io.heddle.engine.SchedulerConfig;
import io.heddle.engine.SourceState;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.ConsumerGroupSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Two members that are known to their group by name, {@code m1} and {@code m2}, each an engine with
 * a scheduler whose jobs take 5 ms; and everything that really happened.
 */
final class StaticGroup {
  static final Duration SESSION = Duration.ofSeconds(10);
  private static final Duration INSTANCE_TIMEOUT = Duration.ofSeconds(30);
  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 4;
  private static final int KEYS = 8;
  private static final int WORK_NANOS = 5_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";

  private final SimulatedKafka kafka;
  private final GroupProtocol protocol;
  private final Checks checks = Checks.of(EnumSet.complementOf(EnumSet.of(Invariant.EXACTLY_ONCE)));
  private final Map<String, EventSource> sources = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<Fact> facts = new ArrayList<>();
  private final Map<TopicPartition, Long> appended = new LinkedHashMap<>();
  private final Map<TopicPartition, Long> committed = new LinkedHashMap<>();

  StaticGroup(GroupProtocol protocol) {
    this.protocol = protocol;
    int sessionMs = (int) SESSION.toMillis();
    this.kafka =
        SimulatedKafka.builder(11)
            .cluster(
                ClusterSettings.defaults()
                    .withGroups(
                        GroupSettings.defaults()
                            .withInitialRebalanceDelayMs(0)
                            .withConsumer(
                                ConsumerGroupSettings.defaults().withSession(sessionMs, 1_000))))
            .build();
    kafka.listen(this::take);
  }

  private void take(Fact fact) {
    facts.add(fact);
    checks.accept(fact);
    if (fact instanceof Fact.Appended record) {
      appended.put(record.partition(), record.offset() + 1);
    } else if (fact instanceof Fact.Committed commit) {
      committed.put(commit.partition(), commit.offset());
    }
  }

  /** Runs this when both members have their partitions; in the end everything has to be done. */
  void run(SimulatedKafka.Body body) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic(TOPIC, PARTITIONS);
          start("m1");
          start("m2");
          await(() -> owned("m1").size() == 2 && owned("m2").size() == 2);
          body.run();
          await(() -> appended.equals(committed));
          List.copyOf(sources.keySet()).forEach(this::stop);
        });
  }

  void start(String member) {
    run(kafka.process(member));
  }

  /** The process dies, and its next life begins so much later and is given partitions. */
  void crashAndRestart(String member, Duration later) {
    SimulatedProcess next = crashAndBegin(member, later);
    await(() -> lastLife(member).equals(Optional.of(next.process().member())));
  }

  /** Starts a process that joins by another's name, and fails with this after at least so long. */
  Throwable startInVain(String process, String instance) {
    names.put(process, instance);
    long begin = kafka.simulation().nanoTime();
    start(process);
    for (int looks = 0; looks < 2_000; looks++) {
      EventSource source = sources.get(process);
      if (source != null && source.failure().isPresent()) {
        sources.remove(process);
        assertThat(kafka.simulation().nanoTime() - begin).isGreaterThan(INSTANCE_TIMEOUT.toNanos());
        return source.failure().get();
      }
      sleep(Duration.ofMillis(50));
    }
    throw new AssertionError(process + " has not failed");
  }

  private SimulatedProcess crashAndBegin(String member, Duration later) {
    kafka.crash(member);
    sources.remove(member);
    sleep(later);
    SimulatedProcess next = kafka.restart(member);
    run(next);
    return next;
  }

  /** The source is closed in good order, the process ends, and its next life begins later. */
  void stopAndRestart(String member, Duration later) {
    stop(member);
    crashAndRestart(member, later);
  }

  private void run(SimulatedProcess process) {
    var unused =
        process.start(
            "main",
            () -> {
              EventSource source = source(process);
              sources.put(process.process().member().name(), source);
              source.start();
            });
  }

  private void stop(String member) {
    EventSource source = sources.remove(member);
    if (source == null) {
      throw new AssertionError(member + " does not run");
    }
    var unused = source.stop();
    await(() -> source.state() == SourceState.CLOSED);
  }

  private EventSource source(SimulatedProcess process) {
    SimRuntime runtime = process.runtime();
    Observer observer = process.observer();
    EventSource source =
        new EventSource(
            EventSourceConfig.of(TOPIC)
                .withCommitInterval(Duration.ofMillis(500))
                .withPatience(Patience.defaults().withInstanceTimeout(INSTANCE_TIMEOUT)),
            new KafkaClients(
                () -> process.consumer(config(instance(process.process().member().name()))),
                () -> {
                  throw new UnsupportedOperationException("nothing is forwarded");
                }),
            new EngineRuntime(
                runtime.clock(),
                runtime.nanoTime(),
                runtime.threadFactory("engine"),
                runtime.executor("strands", Integer.MAX_VALUE),
                runtime.executor("workers", Integer.MAX_VALUE),
                runtime.locks()));
    AsyncJobScheduler<String, Work> scheduler =
        AsyncJobScheduler.blocking(
            source,
            (key, work) -> {
              observer.started(work.partition, work.offset, key);
              runtime.sleep(WORK_NANOS);
              observer.workEnded(work.partition, work.offset, key);
            },
            (context, key, work, failure) -> {
              observer.completed(work.partition, work.offset, key);
              return ExecutionState.COMPLETE;
            },
            new SchedulerConfig(8, 100, 100));
    return source.registerDefault(
        record -> new String(record.key(), UTF_8),
        (context, key) ->
            scheduler.schedule(
                context, key, new Work(context.topicPartition(), context.input().offset())));
  }

  private record Work(TopicPartition partition, long offset) {}

  private String instance(String process) {
    return names.getOrDefault(process, process);
  }

  private Map<String, Object> config(String member) {
    Map<String, Object> config = new TreeMap<>();
    config.put("group.id", "app");
    config.put("group.instance.id", member);
    config.put("group.protocol", protocol.name().toLowerCase(Locale.ROOT));
    if (protocol == GroupProtocol.CLASSIC) {
      config.put("session.timeout.ms", (int) SESSION.toMillis());
      config.put("heartbeat.interval.ms", 1_000);
    }
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("key.deserializer", BYTES + "Deserializer");
    config.put("value.deserializer", BYTES + "Deserializer");
    return config;
  }

  /** Sends so many records, one each 10 ms. */
  void send(int records) {
    try (Producer<byte[], byte[]> producer =
        kafka.producer(
            Map.of(
                "key.serializer",
                BYTES + "Serializer",
                "value.serializer",
                BYTES + "Serializer"))) {
      for (int number = 0; number < records; number++) {
        byte[] key = ("k" + number % KEYS).getBytes(UTF_8);
        var unused = producer.send(new ProducerRecord<>(TOPIC, number % PARTITIONS, key, key));
        sleep(Duration.ofMillis(10));
      }
    }
  }

  /** Sends more until the member has begun something that is not committed. */
  void sendUntilWorkIsNotCommitted(String member) {
    Set<TopicPartition> owned = owned(member);
    for (int records = 0; !isBehind(owned); records++) {
      if (records > 100) {
        throw new AssertionError(member + " has nothing to do");
      }
      send(1);
    }
  }

  private boolean isBehind(Set<TopicPartition> partitions) {
    return facts.stream()
        .anyMatch(
            fact ->
                fact instanceof Fact.Started work
                    && partitions.contains(work.partition())
                    && work.offset() >= committed.getOrDefault(work.partition(), 0L));
  }

  private void sleep(Duration time) {
    kafka.simulation().sleep(time.toNanos());
  }

  private void await(BooleanSupplier goal) {
    long deadline = kafka.simulation().nanoTime() + PATIENCE.toNanos();
    while (!goal.getAsBoolean()) {
      sources.forEach(
          (member, source) ->
              source
                  .failure()
                  .ifPresent(
                      failure -> {
                        throw new AssertionError(member + " failed", failure);
                      }));
      if (kafka.simulation().nanoTime() >= deadline) {
        throw new AssertionError("committed are " + committed + " of " + appended);
      }
      sleep(Duration.ofMillis(50));
    }
  }

  /** What any checker has to complain of. */
  List<String> violations() {
    return checks.violations().stream()
        .map(each -> each.invariant() + ": " + each.message())
        .toList();
  }

  /** What its present life has been assigned. */
  Set<TopicPartition> owned(String member) {
    Set<TopicPartition> owned = ordered();
    lastLife(member).ifPresent(life -> facts.forEach(fact -> follow(fact, life, owned)));
    return owned;
  }

  private Optional<Member> lastLife(String name) {
    return facts.stream()
        .filter(Fact.Assigned.class::isInstance)
        .map(fact -> ((Fact.Assigned) fact).member())
        .filter(member -> member.name().equals(name))
        .reduce((before, after) -> after);
  }

  private static void follow(Fact fact, Member life, Set<TopicPartition> owned) {
    if (fact instanceof Fact.Assigned assigned && assigned.member().equals(life)) {
      owned.addAll(assigned.partitions());
    } else if (fact instanceof Fact.Revoked revoked && revoked.member().equals(life)) {
      owned.removeAll(revoked.partitions());
    } else if (fact instanceof Fact.Lost lost && lost.member().equals(life)) {
      owned.removeAll(lost.partitions());
    }
  }

  /** How often a member was given partitions, or had some taken. */
  long changes(String member) {
    return facts.stream()
        .filter(
            fact ->
                (fact instanceof Fact.Assigned a && a.member().name().equals(member))
                    || (fact instanceof Fact.RevokeStarted r && r.member().name().equals(member))
                    || (fact instanceof Fact.Lost l && l.member().name().equals(member)))
        .count();
  }

  /** The offset up to which each partition is committed now. */
  Map<TopicPartition, Long> committed() {
    return Map.copyOf(committed);
  }

  /** The offsets whose work began more than once. */
  Map<TopicPartition, Set<Long>> repeated() {
    Map<TopicPartition, Map<Long, Long>> starts =
        facts.stream()
            .filter(Fact.Started.class::isInstance)
            .map(Fact.Started.class::cast)
            .collect(
                Collectors.groupingBy(
                    Fact.Started::partition,
                    Collectors.groupingBy(Fact.Started::offset, Collectors.counting())));
    Map<TopicPartition, Set<Long>> repeated = new LinkedHashMap<>();
    starts.forEach(
        (partition, byOffset) ->
            byOffset.forEach(
                (offset, times) -> {
                  if (times > 1) {
                    repeated.computeIfAbsent(partition, id -> new TreeSet<>()).add(offset);
                  }
                }));
    return repeated;
  }

  private static Set<TopicPartition> ordered() {
    return new TreeSet<>(
        Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
  }
}
