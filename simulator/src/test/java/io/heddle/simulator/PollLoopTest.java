package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.check.CheckReport;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.PollLoopObserver;
import io.heddle.simulator.core.SimHandle;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PollLoopTest {
  private static final String STRING = "org.apache.kafka.common.serialization.StringDeserializer";
  private static final String STRING_SERIALIZER =
      "org.apache.kafka.common.serialization.StringSerializer";

  private final Set<String> seen = new TreeSet<>();
  private boolean running = true;

  private void pollLoop(SimulatedProcess process, Map<String, Object> overrides) {
    Map<String, Object> config =
        new java.util.TreeMap<>(
            Map.of(
                "group.id", "g",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "key.deserializer", STRING,
                "value.deserializer", STRING));
    config.putAll(overrides);
    PollLoopObserver observer = new PollLoopObserver(process.observer());
    try (Consumer<String, String> consumer = process.consumer(config)) {
      consumer.subscribe(List.of("orders"));
      while (running) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
        observer.polled(records);
        records.forEach(record -> seen.add(record.value()));
        if (!records.isEmpty()) {
          observer.finishedAll();
          consumer.commitSync();
        }
      }
    }
  }

  private String run(long seed, Map<String, Object> overrides, FaultRule... rules)
      throws Exception {
    seen.clear();
    running = true;
    Checks checks = Checks.all();
    SimulatedKafka kafka = SimulatedKafka.builder(seed).facts(checks::accept).build();
    for (FaultRule rule : rules) {
      kafka.add(rule);
    }
    kafka.run(
        () -> {
          kafka.createTopic("orders", 6);
          List<SimHandle> members = new ArrayList<>();
          for (int i = 1; i <= 3; i++) {
            SimulatedProcess process = kafka.process("m" + i);
            members.add(process.start("poll", () -> pollLoop(process, overrides)));
          }
          try (Producer<String, String> producer =
              kafka.producer(
                  Map.of(
                      "key.serializer", STRING_SERIALIZER,
                      "value.serializer", STRING_SERIALIZER))) {
            for (int i = 0; i < 1_000; i++) {
              assertThat(
                      producer
                          .send(new ProducerRecord<>("orders", "k" + i % 50, "v" + i))
                          .isCancelled())
                  .isFalse();
              kafka.simulation().sleep(Duration.ofMillis(5).toNanos());
            }
          }
          long deadline = kafka.simulation().nanoTime() + Duration.ofSeconds(60).toNanos();
          while (seen.size() < 1_000 && kafka.simulation().nanoTime() < deadline) {
            kafka.simulation().sleep(Duration.ofMillis(100).toNanos());
          }
          running = false;
          for (SimHandle member : members) {
            assertThat(member.join(Duration.ofSeconds(60).toNanos())).isTrue();
          }
          kafka.record(new Fact.RunEnded(kafka.simulation().nanoTime(), true, ""));
        });
    assertThat(seen).hasSize(1_000);
    for (CheckReport report : checks.reports()) {
      assertThat(report.violations()).as(report.invariant()).isEmpty();
    }
    return kafka.traceHash();
  }

  @Test
  void readsEverythingInAGroupOfThree() throws Exception {
    String hash = run(1, Map.of());

    assertThat(run(1, Map.of())).isEqualTo(hash);
    assertThat(run(2, Map.of())).isNotEqualTo(hash);
  }

  @Test
  void readsEverythingWithTheCooperativeAssignor() throws Exception {
    assertThat(
            run(
                3,
                Map.of(
                    "partition.assignment.strategy",
                    "org.apache.kafka.clients.consumer.CooperativeStickyAssignor")))
        .isNotEmpty();
  }

  @Test
  void survivesLostRequestsAndReplies() throws Exception {
    List<FaultRule> rules = new ArrayList<>();
    for (ApiKey api : ApiKey.values()) {
      rules.add(
          new FaultRule(
              "drop-" + api,
              exchange -> exchange.request().api() == api,
              new FaultRule.Trigger.WithProbability(0.01),
              new Verdict.DropRequest()));
      rules.add(
          new FaultRule(
              "lose-" + api,
              exchange -> exchange.request().api() == api,
              new FaultRule.Trigger.WithProbability(0.01),
              new Verdict.ApplyThenDrop()));
    }
    String hash =
        run(
            4,
            Map.of("request.timeout.ms", 1000, "default.api.timeout.ms", 60_000),
            rules.toArray(new FaultRule[0]));

    assertThat(hash).isNotEmpty();
    assertThat(rules.stream().mapToLong(FaultRule::fired).sum()).isPositive();
  }
}
