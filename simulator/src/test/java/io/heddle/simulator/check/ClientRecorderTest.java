package io.heddle.simulator.check;

import static io.heddle.simulator.fault.Faults.applyThenDrop;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients on a simulated Kafka, watched. */
class ClientRecorderTest {
  private final List<Fact> facts = new ArrayList<>();
  private final Checks checks = Checks.anomalies();

  private static Map<String, Object> writing(String transactionalId) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("key.serializer", StringSerializer.class);
    settings.put("value.serializer", StringSerializer.class);
    if (!transactionalId.isEmpty()) {
      settings.put("transactional.id", transactionalId);
    }
    return settings;
  }

  private static Map<String, Object> reading(String group, String isolation) {
    return Map.of(
        "group.id",
        group,
        "auto.offset.reset",
        "earliest",
        "enable.auto.commit",
        false,
        "max.poll.records",
        7,
        "isolation.level",
        isolation,
        "key.deserializer",
        StringDeserializer.class,
        "value.deserializer",
        StringDeserializer.class);
  }

  private ClientRecorder recorder(SimulatedKafka kafka) {
    return new ClientRecorder(
        kafka.simulation()::nanoTime,
        fact -> {
          facts.add(fact);
          checks.accept(fact);
        });
  }

  private void end(SimulatedKafka kafka) {
    checks.accept(new Fact.RunEnded(kafka.simulation().nanoTime(), true, ""));
  }

  private static int read(Consumer<String, String> consumer, int records) {
    int read = 0;
    while (read < records) {
      read += consumer.poll(Duration.ofSeconds(1)).count();
    }
    return read;
  }

  /** Copies a topic in transactions, some of them aborted, and reads the copy. */
  private void copy(SimulatedKafka kafka, String isolation, boolean claimsCommittedOnly)
      throws Exception {
    ClientRecorder recorder = recorder(kafka);
    kafka.createTopic("in", 2);
    kafka.createTopic("out", 2);
    try (Producer<String, String> producer =
        recorder.producer(new Member("writer", 1), "", kafka.producer(writing("")))) {
      for (int i = 0; i < 60; i++) {
        var unused = producer.send(new ProducerRecord<>("in", i % 2, "k" + i % 5, "v" + i));
      }
    }
    try (Consumer<String, String> consumer =
            recorder.consumer(
                new Member("reader", 1), true, kafka.consumer(reading("g", "read_committed")));
        Producer<String, String> producer =
            recorder.producer(new Member("copier", 1), "c", kafka.producer(writing("c")))) {
      consumer.subscribe(List.of("in"));
      producer.initTransactions();
      int read = 0;
      for (int turn = 0; read < 60; turn++) {
        producer.beginTransaction();
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        List<ConsumerRecord<String, String>> batch = new ArrayList<>();
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          batch.add(record);
          TopicPartition partition = new TopicPartition("in", record.partition());
          offsets.put(partition, new OffsetAndMetadata(record.offset() + 1));
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      "out", record.partition(), "k", record.value() + " in turn " + turn));
        }
        if (turn % 3 == 1) {
          producer.flush();
          producer.abortTransaction();
          batch.stream()
              .collect(
                  java.util.stream.Collectors.toMap(
                      each -> new TopicPartition("in", each.partition()),
                      ConsumerRecord::offset,
                      Math::min,
                      LinkedHashMap::new))
              .forEach(consumer::seek);
        } else {
          producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
          producer.commitTransaction();
          read += batch.size();
        }
      }
    }
    try (Consumer<String, String> consumer =
        recorder.consumer(
            new Member("checker", 1),
            claimsCommittedOnly,
            kafka.consumer(reading("outputs", isolation)))) {
      consumer.assign(List.of(new TopicPartition("out", 0), new TopicPartition("out", 1)));
      int unused = read(consumer, 60);
    }
    end(kafka);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aCorrectApplicationHasNoAnomalyWithAReplyLostAndEveryCheckerSeesIt(long seed)
      throws Exception {
    SimulatedKafka kafka = SimulatedKafka.withSeed(seed);
    kafka.run(
        () -> {
          FaultPlan.of(kafka).on(ApiKey.PRODUCE).nth(3).then(applyThenDrop());
          copy(kafka, "read_committed", true);
        });

    assertThat(checks.violations()).isEmpty();
    assertThat(checks.reports())
        .filteredOn(CheckReport::vacuous)
        .extracting(CheckReport::invariant)
        // Nobody reads the copier's output in a transaction.
        .containsExactly("g1c");
    assertThat(facts).hasAtLeastOneElementOfType(Fact.OffsetSent.class);
    assertThat(facts)
        .filteredOn(Fact.TransactionEnded.class::isInstance)
        .extracting(fact -> ((Fact.TransactionEnded) fact).outcome())
        .contains(Fact.Outcome.OK, Fact.Outcome.FAILED);
  }

  @Test
  void aReaderOfEverythingThatTakesItselfForOneOfWhatIsCommittedReadsWhatWasAborted()
      throws Exception {
    SimulatedKafka kafka = SimulatedKafka.withSeed(1);
    kafka.run(() -> copy(kafka, "read_uncommitted", true));

    assertThat(checks.violations())
        .extracting(Violation::invariant)
        .isNotEmpty()
        .containsOnly("aborted-read");
    assertThat(checks.violations().get(0).message())
        .contains("of the aborted transaction c/copier#");
  }

  @Test
  void aReaderOfEverythingThatSaysSoMayReadWhatWasAborted() throws Exception {
    SimulatedKafka kafka = SimulatedKafka.withSeed(1);
    kafka.run(() -> copy(kafka, "read_uncommitted", false));

    assertThat(checks.violations()).isEmpty();
  }

  @Test
  void aSendWithoutAnAnswerHasAnUnknownOutcomeAndARefusedOneHasFailed() throws Exception {
    SimulatedKafka kafka = SimulatedKafka.withSeed(1);
    kafka.run(
        () -> {
          kafka.createTopic("in", 1);
          FaultPlan.of(kafka).on(ApiKey.PRODUCE).then(applyThenDrop());
          Map<String, Object> settings = writing("");
          settings.put("delivery.timeout.ms", 2_000);
          settings.put("request.timeout.ms", 500);
          settings.put("linger.ms", 0);
          settings.put("max.request.size", 10_000);
          try (Producer<String, String> producer =
              recorder(kafka).producer(new Member("writer", 1), "", kafka.producer(settings))) {
            var unused = producer.send(new ProducerRecord<>("in", "k", "no answer"));
            var unusedToo = producer.send(new ProducerRecord<>("in", "k", "x".repeat(20_000)));
          }
        });

    assertThat(facts)
        .extracting(fact -> ((Fact.Sent) fact).outcome())
        .containsExactlyInAnyOrder(Fact.Outcome.UNKNOWN, Fact.Outcome.FAILED);
  }
}
