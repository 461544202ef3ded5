package io.heddle.scenarios.model;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The producer with which a member writes its outputs, or the changes of its store. */
public final class MemberProducer {
  private static final int LINGER_MS = 5;
  private static final int REQUEST_TIMEOUT_MS = 30_000;
  private static final int API_TIMEOUT_MS = 60_000;

  private static final KafkaSettings SETTINGS =
      new KafkaSettings(
          "producer",
          ProducerConfig.configDef(),
          Map.of(
              ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "the runner sets it",
              ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "the runner sets it",
              ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "the runner sets it",
              ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, "a member has none; leave it out",
              ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                  "it is made of the group's id and the member's name",
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                  "it is set by the field timeout of exactly-once",
              ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
                  "it would leave transactions without a timeout"));

  private MemberProducer() {}

  static SortedMap<String, String> checked(String field, Map<String, String> settings) {
    return SETTINGS.checked(field, settings);
  }

  /** Refuses settings that do not go together, for any of the members. */
  static void check(Group group, Engine engine) {
    if (engine.producerConfig().isEmpty()) {
      return;
    }
    Set<SortedMap<String, String>> different = new LinkedHashSet<>();
    group.memberNames().forEach(member -> different.add(settings(group, engine, member)));
    for (SortedMap<String, String> settings : different) {
      if (engine.exactlyOnce().isPresent()) {
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group.id());
        // Else Kafka takes it off for other settings' sake, and complains of the id.
        settings.putIfAbsent(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
      }
      ProducerRules.check("engine.producer-config", settings);
    }
  }

  /**
   * All its settings but the transactional id, by Kafka's names. Where the engine's settings say
   * nothing of its time-outs, a transactional one is as patient as the member's consumer.
   */
  public static SortedMap<String, String> settings(Group group, Engine engine, String member) {
    SortedMap<String, String> given = engine.producerConfig();
    if (engine.exactlyOnce().isEmpty()) {
      return new TreeMap<>(given);
    }
    Map<String, String> consumer = group.configOf(member);
    long transaction = engine.exactlyOnce().get().timeout().toMillis();
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(transaction));
    settings.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        value(consumer, ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS));
    settings.put(
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        value(consumer, ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS));
    settings.put(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(LINGER_MS));
    settings.putAll(given);
    long first =
        millis(settings, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
            + millis(settings, ProducerConfig.LINGER_MS_CONFIG);
    settings.putIfAbsent(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        Long.toString(Math.min(Integer.MAX_VALUE, Math.max(transaction, first))));
    return settings;
  }

  private static String value(Map<String, String> config, String name, int usual) {
    return config.getOrDefault(name, Integer.toString(usual));
  }

  private static long millis(Map<String, String> config, String name) {
    return Long.parseLong(config.getOrDefault(name, "").strip());
  }
}
