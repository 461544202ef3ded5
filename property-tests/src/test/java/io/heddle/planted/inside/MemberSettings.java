package io.heddle.planted.inside;

import io.heddle.engine.EventSourceConfig;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How the members of a drill are set. */
final class MemberSettings {
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";

  private MemberSettings() {}

  /**
   * The source's settings.
   *
   * @param prompt whether a poll may wait for long, so that every wake-up that is missing shows
   */
  static EventSourceConfig source(boolean prompt) {
    EventSourceConfig config =
        EventSourceConfig.of(DrillRun.TOPIC)
            .withCommitInterval(Duration.ofMillis(100))
            .withCommitTimeout(Duration.ofSeconds(2))
            .withMaxPollInterval(Duration.ofSeconds(60));
    // Commits are due in between: the interval must not wake the thread either.
    return prompt
        ? config.withPollTimeout(Duration.ofSeconds(20)).withCommitInterval(Duration.ofSeconds(7))
        : config;
  }

  static Map<String, Object> consumer(String group) {
    return new TreeMap<>(
        Map.of(
            "group.id", group,
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false",
            "session.timeout.ms", "1500",
            "heartbeat.interval.ms", "200",
            "max.poll.interval.ms", "60000",
            "request.timeout.ms", "1000",
            "default.api.timeout.ms", "2000",
            "key.deserializer", BYTES + "Deserializer",
            "value.deserializer", BYTES + "Deserializer"));
  }

  static Map<String, Object> producer() {
    return new TreeMap<>(
        Map.of(
            "key.serializer",
            BYTES + "Serializer",
            "value.serializer",
            BYTES + "Serializer",
            "request.timeout.ms",
            "1000",
            "delivery.timeout.ms",
            "5000"));
  }

  static Map<String, Object> transactional(String id) {
    Map<String, Object> config = producer();
    config.put("transactional.id", id);
    config.put("transaction.timeout.ms", "2000");
    config.put("max.block.ms", "2000");
    return config;
  }
}
