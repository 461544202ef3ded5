package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The consumer group under test. Its members are called {@code m1}, {@code m2}, and so on.
 *
 * @param members 1 to 1,000
 * @param stagger scenario time between the starts of one member and the next
 * @param config settings of Kafka's consumer by Kafka's names, in alphabetical order
 */
public record Group(String id, int members, Duration stagger, SortedMap<String, String> config) {
  /** One member with Kafka's own defaults. */
  public static final Group DEFAULT = new Group("heddle", 1, Duration.ZERO, new TreeMap<>());

  private static final ConfigDef SETTINGS = ConsumerConfig.configDef();
  private static final Map<String, String> SET_ELSEWHERE =
      Map.of(
          ConsumerConfig.GROUP_ID_CONFIG, "group.id is set by the field id of group",
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "the runner sets it",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "the runner sets it",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "the runner sets it");

  /** Copies the settings; refuses names and values that Kafka's consumer would refuse. */
  public Group {
    Require.name("id", id);
    Require.between("members", members, 1, 1_000);
    Require.notNegative("stagger", stagger);
    config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    config.forEach(Group::check);
  }

  /** The members' names, in order. */
  public List<String> memberNames() {
    return IntStream.rangeClosed(1, members).mapToObj(i -> "m" + i).toList();
  }

  private static void check(String name, String value) {
    String field = "config." + name;
    Require.text(field, value);
    ConfigDef.ConfigKey key = SETTINGS.configKeys().get(name);
    if (key == null) {
      throw new IllegalArgumentException(field + " must be a setting of Kafka's consumer");
    }
    String elsewhere = SET_ELSEWHERE.get(name);
    Require.that(elsewhere == null, field + " must not be given: " + elsewhere);
    Require.that(
        !name.equals(ConsumerConfig.GROUP_PROTOCOL_CONFIG)
            || value.toUpperCase(Locale.ROOT).equals(Cluster.Protocol.CLASSIC.name()),
        field + " " + value + " is not supported yet by this version; supported: classic");
    try {
      if (key.type != ConfigDef.Type.CLASS) {
        Object parsed = ConfigDef.parseType(name, value, key.type);
        if (key.validator != null) {
          key.validator.ensureValid(name, parsed);
        }
      }
    } catch (ConfigException refused) {
      throw new IllegalArgumentException(
          field
              + " must be a value that Kafka's consumer takes, was '"
              + value
              + "': "
              + reason(refused.getMessage(), name),
          refused);
    }
  }

  /** Kafka's message without what it repeats of the setting and the value. */
  private static String reason(@Nullable String message, String name) {
    String text = String.valueOf(message);
    String repeated = "for configuration " + name;
    int start = text.lastIndexOf(repeated);
    int end = start + repeated.length() + 2;
    return start < 0 || end > text.length() ? text : text.substring(end);
  }
}
