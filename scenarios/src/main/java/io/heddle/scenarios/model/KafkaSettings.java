package io.heddle.scenarios.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one of Kafka's clients, by Kafka's names.
 *
 * @param whose what messages call the client
 * @param known what Kafka knows of them
 * @param elsewhere those that may not be given, and why
 */
record KafkaSettings(String whose, ConfigDef known, Map<String, String> elsewhere) {

  /** Copies settings; refuses names and values that Kafka's client would refuse. */
  SortedMap<String, String> checked(String field, Map<String, String> settings) {
    settings.forEach((name, value) -> check(field + "." + name, name, value));
    return Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  private void check(String field, String name, String value) {
    Require.text(field, value);
    ConfigDef.ConfigKey key = known.configKeys().get(name);
    if (key == null) {
      throw new IllegalArgumentException(field + " must be a setting of Kafka's " + whose);
    }
    String why = elsewhere.get(name);
    Require.that(why == null, field + " must not be given: " + why);
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
              + " must be a value that Kafka's "
              + whose
              + " takes, was '"
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
