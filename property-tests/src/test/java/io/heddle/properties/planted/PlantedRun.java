package io.heddle.properties.planted;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.check.CheckSettings;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.core.SimHandle;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Three plain members, six partitions, 300 records of a dozen keys, and trouble: commits that fail
 * or whose replies are lost, rebalances, a member that stands still for longer than its session and
 * one that crashes and comes back. Then the trouble ends, and everything has to finish.
 */
final class PlantedRun {
  static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private static final String TOPIC = "orders";
  private static final String GROUP = "planted";
  private static final int RECORDS = 300;
  private static final int KEYS = 12;
  private static final long BETWEEN_NANOS = Duration.ofMillis(25).toNanos();
  private static final Duration HEAL = Duration.ofSeconds(8);
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final Duration LONGEST_REVOKE = Duration.ofSeconds(5);
  private static final String STRINGS = "org.apache.kafka.common.serialization.String";

  private final Set<Mistake> mistakes;
  private final Choices choices;
  private final SimulatedKafka kafka;
  private final Checks checks =
      Checks.of(
          // These members make no outputs, and have no store.
          EnumSet.complementOf(EnumSet.of(Invariant.EXACTLY_ONCE, Invariant.STORE)),
          CheckSettings.DEFAULT.withTopics(List.of(TOPIC)).withRevokeDeadline(LONGEST_REVOKE));
  private final Map<TopicPartition, Long> behind = new TreeMap<>(ORDER);
  private final List<SimHandle> loops = new ArrayList<>();
  private boolean stopped;

  private PlantedRun(long seed, Set<Mistake> mistakes) {
    this.mistakes = mistakes;
    this.choices = new SeededChoices(seed);
    GroupSettings groups = GroupSettings.defaults().withInitialRebalanceDelayMs(0);
    this.kafka =
        SimulatedKafka.builder(choices)
            .cluster(
                ClusterSettings.defaults()
                    .withGroups(groups.withSessionTimeoutMs(1, groups.maxSessionTimeoutMs())))
            .facts(this::fact)
            .build();
  }

  /** Runs an application that makes these mistakes, and tells what the checkers found. */
  static Checks of(long seed, Set<Mistake> mistakes) throws Exception {
    PlantedRun run = new PlantedRun(seed, mistakes);
    try {
      run.kafka.run(run::body);
    } catch (SimulationFailure stopped) {
      long now = run.kafka.simulation().nanoTime();
      run.kafka.record(new Fact.RunEnded(now, false, String.valueOf(stopped.getMessage())));
    }
    return run.checks;
  }

  private void fact(Fact fact) {
    checks.accept(fact);
    if (fact instanceof Fact.Appended appended) {
      behind.merge(appended.partition(), 1L, Long::sum);
    } else if (fact instanceof Fact.Committed commit) {
      long end = kafka.cluster().endOffset(commit.partition());
      behind.put(commit.partition(), end - commit.offset());
    }
  }

  private void body() throws Exception {
    kafka.createTopic(TOPIC, 6);
    trouble();
    List.of("m1", "m2", "m3").forEach(name -> start(kafka.process(name)));
    produce();
    long left = HEAL.toNanos() - kafka.simulation().nanoTime();
    kafka.simulation().sleep(Math.max(0, left));
    kafka.record(new Fact.Healed(kafka.simulation().nanoTime()));
    boolean done = awaitCommits();
    stopped = true;
    for (SimHandle loop : loops) {
      done &= loop.join(LONGEST_REVOKE.toNanos());
    }
    kafka.record(new Fact.RunEnded(kafka.simulation().nanoTime(), done, behind.toString()));
  }

  private void trouble() {
    commitsFail("lost", 0.1, new Verdict.ApplyThenDrop());
    commitsFail("refused", 0.1, new Verdict.Fail(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
    at(Duration.ofMillis(1_500), () -> kafka.forceRebalance(GROUP));
    at(Duration.ofSeconds(2), () -> kafka.pause("m2", Duration.ofMillis(3_500)));
    at(Duration.ofMillis(2_500), () -> kafka.crash("m3"));
    at(Duration.ofSeconds(4), () -> kafka.forceRebalance(GROUP));
    at(Duration.ofSeconds(6), () -> kafka.forceRebalance(GROUP));
    at(Duration.ofMillis(6_500), () -> start(kafka.restart("m3")));
  }

  private void commitsFail(String name, double share, Verdict verdict) {
    FaultRule rule =
        new FaultRule(
            name,
            exchange -> exchange.request().api() == ApiKey.OFFSET_COMMIT,
            new FaultRule.Trigger.WithProbability(share),
            verdict);
    kafka.add(rule);
    at(HEAL, rule::heal);
  }

  private void at(Duration time, Runnable action) {
    var unused = kafka.simulation().after(time.toNanos(), null, action);
  }

  private void start(SimulatedProcess process) {
    loops.add(
        process.start(
            "poll-loop",
            () -> new PlainMember(process, config(), choices, mistakes).run(TOPIC, () -> stopped)));
  }

  private static Map<String, Object> config() {
    return new TreeMap<>(
        Map.of(
            "group.id", GROUP,
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false",
            "session.timeout.ms", "2000",
            "heartbeat.interval.ms", "200",
            "request.timeout.ms", "1000",
            "default.api.timeout.ms", "2000",
            "key.deserializer", STRINGS + "Deserializer",
            "value.deserializer", STRINGS + "Deserializer"));
  }

  private void produce() {
    Choices.Stream keys = choices.stream("workload.keys");
    try (Producer<String, String> producer =
        kafka.producer(
            Map.of(
                "key.serializer", STRINGS + "Serializer",
                "value.serializer", STRINGS + "Serializer"))) {
      for (int i = 0; i < RECORDS; i++) {
        String key = "k" + keys.below(KEYS);
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(TOPIC, key, "v" + i));
        if (sent.isCancelled()) {
          throw new AssertionError("a send was cancelled");
        }
        kafka.simulation().sleep(BETWEEN_NANOS);
      }
    }
  }

  private boolean awaitCommits() {
    while (kafka.simulation().nanoTime() < DEADLINE.toNanos()) {
      if (behind.values().stream().allMatch(records -> records == 0)) {
        return true;
      }
      kafka.simulation().sleep(BETWEEN_NANOS);
    }
    return false;
  }
}
