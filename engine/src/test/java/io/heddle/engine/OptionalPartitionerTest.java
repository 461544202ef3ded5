package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.codec.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OptionalPartitionerTest {
  private static final Cluster CLUSTER = cluster();

  private static Cluster cluster() {
    List<PartitionInfo> partitions = new ArrayList<>();
    Node node = new Node(0, "localhost", 1);
    for (String topic : List.of("out", "special")) {
      for (int i = 0; i < 7; i++) {
        partitions.add(new PartitionInfo(topic, i, node, new Node[] {node}, new Node[] {node}));
      }
    }
    return new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
  }

  @Test
  void putsAKeyWhereKafkaDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] key = new byte[random.nextInt(40)];
      random.nextBytes(key);
      assertThat(OptionalPartitioner.partitionOf(key, 7))
          .isEqualTo(BuiltInPartitioner.partitionForKey(key, 7));
    }
  }

  @Test
  void leavesAnExplicitPartitionAndAsksTheTopicsOwn() {
    OptionalPartitioner partitioner = new OptionalPartitioner();
    Partitioner own =
        new Partitioner() {
          @Override
          public int partition(
              String topic, Object key, byte[] keyBytes, Object value, byte[] bytes, Cluster c) {
            return 5;
          }

          @Override
          public void close() {}

          @Override
          public void configure(Map<String, ?> configs) {}
        };
    partitioner.configure(Map.of(OptionalPartitioner.TOPICS, Map.of("special", own)));
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(
            CLUSTER, true, partitioner, new ByteArraySerializer(), new ByteArraySerializer());

    assertThat(sentTo(producer, EventRecord.to("out").toPartition(3))).isEqualTo(3);
    assertThat(sentTo(producer, EventRecord.to("special"))).isEqualTo(5);
    assertThat(sentTo(producer, EventRecord.to("special").toPartition(2))).isEqualTo(2);
    EventRecord keyed = EventRecord.to("out").withKey(Codecs.strings(), "k");
    assertThat(sentTo(producer, keyed))
        .isEqualTo(BuiltInPartitioner.partitionForKey("k".getBytes(UTF_8), 7));
    assertThat(sentTo(producer, EventRecord.to("out"))).isZero();
    assertThat(sentTo(producer, EventRecord.to("out"))).isEqualTo(1);
  }

  private static int sentTo(MockProducer<byte[], byte[]> producer, EventRecord record) {
    int[] partition = {-1};
    var unused =
        producer.send(record.forProducer(), (sent, failure) -> partition[0] = sent.partition());
    return partition[0];
  }

  @Test
  void refusesOtherSettingsByName() {
    OptionalPartitioner partitioner = new OptionalPartitioner();
    assertThatThrownBy(() -> partitioner.configure(Map.of(OptionalPartitioner.TOPICS, "out")))
        .hasMessage(
            "heddle.partitioner.topics must be a map of topics to partitioners,"
                + " was java.lang.String");
    assertThatThrownBy(
            () ->
                partitioner.configure(
                    Map.of(OptionalPartitioner.TOPICS, Map.of(1, new RoundRobinPartitioner()))))
        .hasMessageStartingWith(
            "heddle.partitioner.topics must be a map of topics to partitioners, had 1=");
  }

  @Test
  void putsTheTypeIntoItsHeader() {
    ProducerRecord<byte[], byte[]> record =
        EventRecord.to("out")
            .ofType("created")
            .withKey(Codecs.sortableLongs(), 7L)
            .withValue(Codecs.strings(), "v")
            .forProducer();

    Header header = record.headers().lastHeader("__grt__");
    assertThat(new String(header.value(), UTF_8)).isEqualTo("created");
    assertThat(record.value()).isEqualTo("v".getBytes(UTF_8));
    assertThat(record.partition()).isNull();
    assertThatThrownBy(() -> EventRecord.to(" ")).hasMessage("topic must not be blank, was ' '");
    assertThatThrownBy(() -> EventRecord.to("out").toPartition(-1))
        .hasMessage("partition must be at least 0, was -1");
    assertThatThrownBy(() -> EventRecord.to("out").ofType(" "))
        .hasMessage("type must not be blank, was ' '");
  }
}
