package io.heddle.simulator.client;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** A producer's configuration, checked by kafka-clients' own {@code ProducerConfig}. */
record ProducerSettings(
    String clientId,
    ClientTimes times,
    Batching batching,
    Delivery delivery,
    long maxBlockNanos,
    Optional<Transactional> transactional,
    Optional<Partitioner> partitioner,
    ProducerConfig config) {
  private static final long MILLI = 1_000_000;

  /** How records are gathered into batches. */
  record Batching(long lingerNanos, int batchBytes, long bufferBytes, int maxRequestBytes) {
    /** Throws what kafka-clients does if a record is larger than one may be. */
    void check(int recordBytes) {
      String tooLarge =
          "The message is " + recordBytes + " bytes when serialized which is larger than ";
      if (recordBytes > maxRequestBytes) {
        throw new RecordTooLargeException(
            tooLarge
                + maxRequestBytes
                + ", which is the value of the max.request.size configuration.");
      }
      if (recordBytes > bufferBytes) {
        throw new RecordTooLargeException(
            tooLarge
                + "the total memory buffer you have configured with the buffer.memory"
                + " configuration.");
      }
    }
  }

  /** How batches are delivered. */
  record Delivery(
      short acks, boolean idempotent, int maxInFlight, int retries, long timeoutNanos) {}

  /** What only a producer with a transactional id has. */
  record Transactional(String id, int timeoutMs) {}

  static ProducerSettings of(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.putIfAbsent(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "simulated:9092");
    all.putIfAbsent(
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        "org.apache.kafka.common.serialization.ByteArraySerializer");
    all.putIfAbsent(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        "org.apache.kafka.common.serialization.ByteArraySerializer");
    ProducerConfig config = new ProducerConfig(all);
    UnmodelledSettings.check(config, ProducerConfig.configDef());
    check(config);
    return new ProducerSettings(
        config.getString(ProducerConfig.CLIENT_ID_CONFIG),
        new ClientTimes(
            config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG) * MILLI,
            config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG) * MILLI,
            config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG) * MILLI,
            config.getLong(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG) * MILLI,
            config.getLong(ProducerConfig.METADATA_MAX_AGE_CONFIG) * MILLI),
        new Batching(
            config.getLong(ProducerConfig.LINGER_MS_CONFIG) * MILLI,
            config.getInt(ProducerConfig.BATCH_SIZE_CONFIG),
            config.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG),
            config.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG)),
        new Delivery(
            acks(config.getString(ProducerConfig.ACKS_CONFIG)),
            config.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG),
            config.getInt(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
            config.getInt(ProducerConfig.RETRIES_CONFIG),
            config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG) * MILLI),
        config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG) * MILLI,
        Optional.ofNullable(config.getString(ProducerConfig.TRANSACTIONAL_ID_CONFIG))
            .map(
                id ->
                    new Transactional(
                        id, config.getInt(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG))),
        Optional.ofNullable(
            config.getConfiguredInstance(
                ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class)),
        config);
  }

  /** What kafka-clients finds out beyond {@code ProducerConfig}, and how it tells of it. */
  private static void check(ProducerConfig config) {
    long first =
        config.getLong(ProducerConfig.LINGER_MS_CONFIG)
            + config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    if (config.originals().containsKey(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)
        && config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG) < first) {
      throw new KafkaException(
          "Failed to construct kafka producer",
          new ConfigException(
              "delivery.timeout.ms should be equal to or larger than linger.ms +"
                  + " request.timeout.ms"));
    }
  }

  private static short acks(String text) {
    String acks = text.trim().toLowerCase(Locale.ROOT);
    return acks.equals("all") ? -1 : Short.parseShort(acks);
  }
}
