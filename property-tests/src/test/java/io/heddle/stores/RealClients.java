package io.heddle.stores;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.engine.KafkaClients;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Clients of a real broker, for members that keep stores. */
record RealClients(EmbeddedKafka broker) {
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";

  Admin admin() {
    return Admin.create(connected(Map.of()));
  }

  KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> config = connected(more);
    config.put("key.serializer", BYTES + "Serializer");
    config.put("value.serializer", BYTES + "Serializer");
    return new KafkaProducer<>(config);
  }

  /** Those of a member of this group. */
  KafkaClients of(String group) {
    return new KafkaClients(
            () -> consumer("read_committed", Map.of("group.id", group)), () -> producer(Map.of()))
        .withTransactionalProducers(id -> producer(Map.of("transactional.id", id)))
        .withRestoreConsumers(
            isolation -> consumer(isolation.toString().toLowerCase(Locale.ROOT), Map.of()))
        .withAdmins(this::admin);
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation, Map<String, Object> more) {
    Map<String, Object> config = connected(more);
    config.put("isolation.level", isolation);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("allow.auto.create.topics", "false");
    config.put("key.deserializer", BYTES + "Deserializer");
    config.put("value.deserializer", BYTES + "Deserializer");
    return new KafkaConsumer<>(config);
  }

  private Map<String, Object> connected(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", broker.bootstrapServers());
    return config;
  }
}
