package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.broker.TransactionSettings;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.core.SimHandle;
import io.heddle.simulator.network.Exchange;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Latency;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {
  private static final int RECORDS = 200;
  private static final int SEEDS = Integer.getInteger("heddle.eos.seeds", 25);

  private boolean running = true;
  private long aborted;
  private long faults;

  /** The members suffer; who makes the input and who checks the output do not. */
  private static boolean strikes(Exchange exchange, ApiKey api) {
    return exchange.request().api() == api && !exchange.process().member().name().equals("app");
  }

  private static List<FaultRule> losses() {
    List<FaultRule> rules = new ArrayList<>();
    for (ApiKey api :
        List.of(
            ApiKey.END_TXN,
            ApiKey.TXN_OFFSET_COMMIT,
            ApiKey.PRODUCE,
            ApiKey.INIT_PRODUCER_ID,
            ApiKey.FIND_COORDINATOR)) {
      double often = api == ApiKey.END_TXN ? 0.15 : 0.04;
      rules.add(
          new FaultRule(
              "lose-reply-" + api,
              exchange -> strikes(exchange, api),
              new FaultRule.Trigger.WithProbability(often),
              new Verdict.ApplyThenDrop()));
      rules.add(
          new FaultRule(
              "lose-request-" + api,
              exchange -> strikes(exchange, api),
              new FaultRule.Trigger.WithProbability(0.03),
              new Verdict.DropRequest()));
      rules.add(
          new FaultRule(
              "delay-" + api,
              exchange -> strikes(exchange, api),
              new FaultRule.Trigger.WithProbability(0.03),
              new Verdict.Delay(Latency.uniform(Duration.ofMillis(1), Duration.ofSeconds(3)))));
    }
    return rules;
  }

  private String run(long seed) throws Exception {
    running = true;
    Checks checks = Checks.all();
    SimulatedKafka kafka =
        SimulatedKafka.builder(seed)
            .facts(checks::accept)
            .cluster(
                ClusterSettings.defaults()
                    .withBrokers(3)
                    .withGroups(GroupSettings.defaults().withInitialRebalanceDelayMs(0))
                    .withTransactions(
                        TransactionSettings.defaults().withTimeoutCheckIntervalMs(1_000)))
            .markerDelay(Latency.uniform(Duration.ofMillis(1), Duration.ofMillis(200)))
            .build();
    List<FaultRule> rules = losses();
    rules.forEach(kafka::add);
    Map<String, Integer> committed = new TreeMap<>();
    Map<String, Integer> everything = new TreeMap<>();
    kafka.run(
        () -> {
          kafka.createTopic("in", 4);
          kafka.createTopic("out", 3);
          produceInput(kafka);
          List<SimHandle> members = new ArrayList<>();
          for (String name : List.of("m1", "m2")) {
            members.add(start(kafka.process(name), "tx-" + name));
          }
          for (int i = 0; i < 6; i++) {
            kafka.simulation().sleep(Duration.ofMillis(900).toNanos());
            if (i % 2 == 0) {
              kafka.forceRebalance("copiers");
            } else {
              String name = i % 4 == 1 ? "m1" : "m2";
              kafka.crash(name);
              kafka.simulation().sleep(Duration.ofMillis(300).toNanos());
              members.add(start(kafka.restart(name), "tx-" + name));
            }
          }
          rules.forEach(FaultRule::heal);
          long deadline = kafka.simulation().nanoTime() + Duration.ofMinutes(3).toNanos();
          while (!isDone(kafka) && kafka.simulation().nanoTime() < deadline) {
            kafka.simulation().sleep(Duration.ofMillis(500).toNanos());
          }
          running = false;
          for (SimHandle member : members.subList(members.size() - 2, members.size())) {
            boolean ended = member.join(Duration.ofMinutes(2).toNanos());
            assertThat(ended).as("seed " + seed + ": " + kafka.simulation().waiting()).isTrue();
          }
          kafka.simulation().sleep(Duration.ofSeconds(30).toNanos());
          read(kafka, "read_committed", committed);
          read(kafka, "read_uncommitted", everything);
        });
    assertThat(committed).as("seed " + seed).hasSize(RECORDS);
    assertThat(committed.values()).as("seed " + seed).allMatch(times -> times == 1);
    assertThat(checks.reports())
        .filteredOn(report -> report.invariant().equals("owner-commit"))
        .as("seed " + seed)
        .hasSize(1)
        .allMatch(report -> report.violations().isEmpty());
    aborted += everything.values().stream().mapToInt(Integer::intValue).sum() - RECORDS;
    faults += rules.stream().mapToLong(FaultRule::fired).sum();
    return kafka.traceHash();
  }

  private SimHandle start(SimulatedProcess process, String transactionalId) {
    TransactionalCopy copy = new TransactionalCopy(process, transactionalId, () -> running);
    return process.start("copy", copy::run);
  }

  private static void produceInput(SimulatedKafka kafka) {
    try (Producer<String, String> producer =
        kafka.producer(
            Map.of(
                "batch.size", 100,
                "delivery.timeout.ms", 100_000,
                "request.timeout.ms", 1_000,
                "key.serializer", TransactionalCopy.WRITER,
                "value.serializer", TransactionalCopy.WRITER))) {
      for (int i = 0; i < RECORDS; i++) {
        var unused = producer.send(new ProducerRecord<>("in", "k" + i % 17, "v" + i));
      }
    }
  }

  private static boolean isDone(SimulatedKafka kafka) {
    long committed =
        kafka.cluster().committedOffsets("copiers").values().stream()
            .mapToLong(offset -> offset.offset())
            .sum();
    return committed == RECORDS;
  }

  private static void read(SimulatedKafka kafka, String isolation, Map<String, Integer> counts) {
    try (Consumer<String, String> consumer =
        kafka.consumer(TransactionalCopy.consumerConfig("check-" + isolation, isolation))) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        partitions.add(new TopicPartition("out", i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
          counts.merge(record.value(), 1, Integer::sum);
        }
      }
    }
  }

  @Test
  void eachInputHasOneOutputUnderLossesRebalancesAndCrashes() throws Exception {
    for (long seed = 1; seed <= SEEDS; seed++) {
      String hash = run(seed);
      assertThat(hash).isNotEmpty();
    }
    assertThat(aborted).as("records that readers of committed records did not see").isPositive();
    assertThat(faults).isGreaterThan(SEEDS);
  }

  @Test
  void theSameSeedIsTheSameHistory() throws Exception {
    String hash = run(1_000);

    assertThat(run(1_000)).isEqualTo(hash);
    assertThat(run(1_001)).isNotEqualTo(hash);
  }
}
