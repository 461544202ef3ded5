package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Who is told of the cluster's id by a producer and a consumer, and when. */
interface ClusterListenerContract extends Contract {
  /** Where what was told is written down, under {@code told} in a client's configuration. */
  @SuppressWarnings("unchecked")
  private static List<String> told(Map<String, ?> configs) {
    return (List<String>) Objects.requireNonNull(configs.get("told"));
  }

  /** Serializes a key or a value. */
  final class Writer extends StringSerializer implements ClusterResourceListener {
    private List<String> told = List.of();
    private String what = "";

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      super.configure(configs, isKey);
      told = told(configs);
      what = isKey ? "key" : "value";
    }

    @Override
    public void onUpdate(ClusterResource cluster) {
      told.add(what + " " + cluster.clusterId());
    }

    @Override
    public byte[] serialize(String topic, String data) {
      told.add(what + " used");
      return super.serialize(topic, data);
    }
  }

  /** Deserializes a key or a value. */
  final class Reader extends StringDeserializer implements ClusterResourceListener {
    private List<String> told = List.of();
    private String what = "";

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      super.configure(configs, isKey);
      told = told(configs);
      what = isKey ? "key" : "value";
    }

    @Override
    public void onUpdate(ClusterResource cluster) {
      told.add(what + " " + cluster.clusterId());
    }
  }

  /** Changes nothing. */
  final class Interceptor
      implements ProducerInterceptor<String, String>,
          ConsumerInterceptor<String, String>,
          ClusterResourceListener {
    private List<String> told = List.of();

    @Override
    public void configure(Map<String, ?> configs) {
      told = told(configs);
    }

    @Override
    public void onUpdate(ClusterResource cluster) {
      told.add("interceptor " + cluster.clusterId());
    }

    @Override
    public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
      told.add("sends");
      return record;
    }

    @Override
    public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
      told.add("consumes");
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
  }

  private static String clusterId(KafkaArm kafka) throws Exception {
    return kafka.admin().describeCluster().clusterId().get();
  }

  @Test
  default void producersTellOfTheClusterBeforeTheFirstRecordIsSerialized() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          String id = clusterId(kafka);
          List<String> told = new CopyOnWriteArrayList<>();
          try (Producer<String, String> producer =
              kafka.producer(
                  "told", told,
                  "interceptor.classes", Interceptor.class.getName(),
                  "key.serializer", Writer.class.getName(),
                  "value.serializer", Writer.class.getName())) {
            producer.send(new ProducerRecord<>(partition.topic(), 0, "k", "v")).get();
          }

          assertThat(told).startsWith("sends").endsWith("key used", "value used");
          List<String> rounds = told.subList(1, told.size() - 2);
          assertThat(rounds)
              .startsWith("interceptor " + id, "key " + id, "value " + id)
              .containsOnly("interceptor " + id, "key " + id, "value " + id);
        });
  }

  private static void consumersTell(KafkaArm kafka, Map<String, Object> defaults) throws Exception {
    TopicPartition partition = kafka.partitionWith("a");
    String id = clusterId(kafka);
    List<String> told = new CopyOnWriteArrayList<>();
    Consumer<String, String> consumer =
        kafka.consumerWith(
            KafkaArm.properties(
                defaults,
                "told",
                told,
                "interceptor.classes",
                Interceptor.class.getName(),
                "key.deserializer",
                Reader.class.getName(),
                "value.deserializer",
                Reader.class.getName()));
    consumer.assign(List.of(partition));

    assertThat(kafka.values(consumer, 1)).containsExactly("a");

    assertThat(told).startsWith("interceptor " + id, "key " + id, "value " + id);
    assertThat(told).containsOnly("interceptor " + id, "key " + id, "value " + id, "consumes");
  }

  @Test
  default void classicConsumersTellOfTheClusterBeforeTheyReturnRecords() throws Exception {
    run(kafka -> consumersTell(kafka, KafkaArm.CONSUMER));
  }

  @Test
  default void modernConsumersTellOfTheClusterBeforeTheyReturnRecords() throws Exception {
    run(kafka -> consumersTell(kafka, KafkaArm.MODERN));
  }
}
