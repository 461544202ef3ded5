package io.heddle.simulator.fault;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A simulated Kafka of two brokers with an empty plan, and clients that use it. */
final class FaultFixture {
  static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  final List<Fact> facts = new ArrayList<>();
  final SimulatedKafka kafka;
  final FaultPlan faults;

  final Map<String, Object> group =
      Map.of(
          "group.id", "g",
          "enable.auto.commit", "false",
          "auto.offset.reset", "earliest",
          "key.deserializer", StringDeserializer.class,
          "value.deserializer", StringDeserializer.class);

  FaultFixture() {
    this(2);
  }

  FaultFixture(int brokers) {
    this(brokers, UnaryOperator.identity());
  }

  private FaultFixture(int brokers, UnaryOperator<SimulatedKafka.Builder> changes) {
    SimulatedKafka.Builder builder =
        SimulatedKafka.builder(1)
            .cluster(ClusterSettings.defaults().withBrokers(brokers).withAutoCreateTopics(false))
            .facts(facts::add);
    kafka = changes.apply(builder).build();
    faults = FaultPlan.of(kafka);
  }

  static FaultFixture withLatency(int brokers, Latency request, Latency reply) {
    return new FaultFixture(brokers, builder -> builder.latency(request, reply));
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  void run(SimulatedKafka.Body body) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("orders", 2);
          body.run();
        });
  }

  void sleep(Duration duration) {
    kafka.simulation().sleep(duration.toNanos());
  }

  Producer<String, String> producer(boolean idempotent) {
    return kafka.producer(
        Map.of(
            "key.serializer",
            StringSerializer.class,
            "value.serializer",
            StringSerializer.class,
            "enable.idempotence",
            idempotent,
            "request.timeout.ms",
            1_000));
  }

  static Future<RecordMetadata> send(Producer<String, String> producer, String value) {
    return producer.send(new ProducerRecord<>("orders", 0, "k", value));
  }

  void poll(SimulatedProcess process) {
    try (Consumer<String, String> consumer = process.consumer(group)) {
      consumer.subscribe(List.of("orders"));
      while (true) {
        consumer.poll(Duration.ofMillis(100));
      }
    }
  }

  SimulatedProcess member(String name) {
    SimulatedProcess process = kafka.process(name);
    var unused = process.start("main", () -> poll(process));
    return process;
  }

  List<String> assignments(String member) {
    return facts.stream()
        .filter(fact -> fact instanceof Fact.Assigned it && it.member().name().equals(member))
        .map(fact -> fact.atNanos() / 1_000_000_000 + " " + ((Fact.Assigned) fact).member())
        .toList();
  }
}
