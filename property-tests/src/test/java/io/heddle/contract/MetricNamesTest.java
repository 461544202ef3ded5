package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Each metric of the simulated clients is one of Kafka's, with its tags, words and kind. */
class MetricNamesTest {
  private static final String TOPIC = "a.b";

  /** A client's metrics, as text, with the same names for the same things on both sides. */
  private static Set<String> described(Map<MetricName, ? extends Metric> metrics) {
    Set<String> described = new TreeSet<>();
    metrics.forEach(
        (name, metric) -> {
          Map<String, String> tags = new TreeMap<>(name.tags());
          tags.computeIfPresent("topic", (tag, topic) -> topic.replaceAll("(a[._]b)-.*", "$1"));
          tags.computeIfPresent("client-id", (tag, id) -> "id");
          described.add(
              String.join(
                  " | ",
                  name.group(),
                  name.name(),
                  tags.toString(),
                  name.description(),
                  metric.metricValue().getClass().getSimpleName()));
        });
    return described;
  }

  /** What each kind of client has, new, after its work, and closed. */
  private static Map<String, Set<String>> all(KafkaArm kafka) throws Exception {
    Map<String, Set<String>> all = new TreeMap<>();
    String topic = kafka.unique(TOPIC);
    kafka.admin().createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    // It is known everywhere once a later one is.
    kafka.topic(1);
    all.put("admin", described(kafka.admin().metrics()));
    Producer<String, String> producer = kafka.producer();
    all.put("producer, new", described(producer.metrics()));
    for (int i = 0; i < 2; i++) {
      producer.send(new ProducerRecord<>(topic, i, "k", "v")).get();
    }
    all.put("producer", described(producer.metrics()));
    producer.close();
    all.put("producer, closed", described(producer.metrics()));
    work(all, "classic", kafka, kafka.member(kafka.unique("group")), topic);
    work(all, "modern", kafka, kafka.modern(kafka.unique("group")), topic);
    for (boolean modern : List.of(false, true)) {
      Consumer<String, String> reader = modern ? kafka.modernReader() : kafka.reader();
      reader.assign(List.of(new TopicPartition(topic, 0)));
      kafka.read(reader, 1);
      all.put(modern ? "modern reader" : "classic reader", described(reader.metrics()));
    }
    return all;
  }

  private static void work(
      Map<String, Set<String>> all,
      String who,
      KafkaArm kafka,
      Consumer<String, String> member,
      String topic) {
    all.put(who + ", new", described(member.metrics()));
    member.subscribe(List.of(topic));
    kafka.read(member, 2);
    member.commitSync();
    all.put(who, described(member.metrics()));
    member.close();
    all.put(who + ", closed", described(member.metrics()));
  }

  @Test
  void allOfThemAreKafkas() throws Exception {
    Map<String, Set<String>> real = new TreeMap<>();
    RealArm.run(kafka -> real.putAll(all(kafka)));

    SimulatedArm.run(
        kafka -> {
          Map<String, Set<String>> simulated = all(kafka);
          assertThat(simulated.keySet()).isEqualTo(real.keySet());
          simulated.forEach(
              (who, metrics) -> assertThat(real.get(who)).as(who).containsAll(metrics));
        });
  }

  @Test
  void theyComeInAnOrderOfTheirOwn() throws Exception {
    SimulatedArm.run(
        kafka -> {
          Consumer<String, String> reader = kafka.reader();
          List<TopicPartition> partitions = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            partitions.add(0, kafka.partitionWith("v"));
          }
          reader.assign(partitions);
          kafka.read(reader, 3);

          assertThat(reader.metrics().keySet())
              .extracting(
                  name ->
                      name.group()
                          + " "
                          + name.name()
                          + " "
                          + String.join(" ", new TreeMap<>(name.tags()).values()))
              .isSorted()
              .hasSizeGreaterThan(50);
          reader
              .metrics()
              .forEach((name, metric) -> assertThat(reader.metrics()).containsKey(name));
        });
  }

  @Test
  void micrometerBindsThem() throws Exception {
    SimulatedArm.run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          Consumer<String, String> reader = kafka.reader();
          SimpleMeterRegistry registry = new SimpleMeterRegistry();
          reader.assign(List.of(partition));
          kafka.read(reader, 3);
          try (KafkaClientMetrics binder = new KafkaClientMetrics(reader)) {
            binder.bindTo(registry);

            assertThat(
                    registry
                        .get("kafka.consumer.fetch.manager.records.consumed.total")
                        .tag("topic", partition.topic())
                        .functionCounter()
                        .count())
                .isEqualTo(3);
            assertThat(
                    registry
                        .get("kafka.consumer.fetch.manager.records.lag")
                        .tag("partition", "0")
                        .gauge()
                        .value())
                .isZero();
          }
        });
  }
}
