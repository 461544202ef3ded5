package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class UnmodelledSettingsTest {
  private static final Path CLIENTS = Path.of("src/main/java/io/heddle/simulator/client");

  private static String sources() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(CLIENTS)) {
      for (Path file : files.filter(it -> !it.endsWith("UnmodelledSettings.java")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static Map<String, String> constants(Class<?> type) throws IllegalAccessException {
    Map<String, String> constants = new HashMap<>();
    for (Field field : type.getFields()) {
      if (field.getType() == String.class) {
        constants.put((String) field.get(null), type.getSimpleName() + "." + field.getName());
      }
    }
    return constants;
  }

  private static void look(
      String sources, Class<?> type, ConfigDef definition, List<String> unclear) throws Exception {
    Map<String, String> constants = constants(type);
    for (String name : new TreeSet<>(definition.names())) {
      String constant = constants.getOrDefault(name, "no constant");
      boolean read =
          sources.contains(constant + ")")
              || sources.contains(constant + ",")
              || sources.contains("\"" + name + "\"");
      int ways =
          (read ? 1 : 0)
              + (UnmodelledSettings.isWithoutEffect(name) ? 1 : 0)
              + (UnmodelledSettings.isRefused(name) ? 1 : 0);
      if (ways != 1) {
        unclear.add(type.getSimpleName() + " " + name + " is accounted for " + ways + " times");
      }
    }
  }

  @Test
  void everySettingOfKafkaClientsIsReadOrWithoutEffectOrRefused() throws Exception {
    String sources = sources();
    List<String> unclear = new ArrayList<>();
    look(sources, ConsumerConfig.class, ConsumerConfig.configDef(), unclear);
    look(sources, ProducerConfig.class, ProducerConfig.configDef(), unclear);
    look(sources, AdminClientConfig.class, AdminClientConfig.configDef(), unclear);

    assertThat(unclear).isEmpty();
  }

  /** A value that the setting may have and that is not its default. */
  private static Object other(String name, Object standard) {
    if (standard instanceof Boolean flag) {
      return !flag;
    }
    if (standard instanceof Number number) {
      return "" + (number.longValue() + 1);
    }
    assertThat(name).isEqualTo("metric.reporters");
    return "com.example.Reporter";
  }

  private static AbstractConfig consumer(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
    all.put("value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
    return ConsumerSettings.of(all).config();
  }

  private static void refusesEach(ConfigDef definition, Constructor client) {
    int refused = 0;
    for (String name : new TreeSet<>(definition.names())) {
      if (UnmodelledSettings.isRefused(name)) {
        refused++;
        Object standard = Objects.requireNonNull(definition.defaultValues().get(name), name);
        assertThatThrownBy(() -> client.make(Map.of(name, other(name, standard))))
            .isExactlyInstanceOf(UnsupportedOperationException.class)
            .hasMessageStartingWith(name + "=");
        assertThatCode(() -> client.make(Map.of(name, standard))).doesNotThrowAnyException();
      }
    }
    assertThat(refused).isGreaterThan(4);
  }

  /** Makes the settings of a client. */
  @FunctionalInterface
  private interface Constructor {
    Object make(Map<String, Object> properties);
  }

  @Test
  void whatWouldMakeADifferenceIsRefusedByName() {
    refusesEach(ConsumerConfig.configDef(), UnmodelledSettingsTest::consumer);
    refusesEach(ProducerConfig.configDef(), ProducerSettings::of);
    refusesEach(AdminClientConfig.configDef(), AdminSettings::of);
  }

  @Test
  void saysWhatToDoInOneLine() {
    assertThatThrownBy(() -> ProducerSettings.of(Map.of("reconnect.backoff.ms", "5000")))
        .hasMessage(
            "reconnect.backoff.ms=5000 (a client connects again at once; its default is 50)"
                + " is not modelled by the simulator");
  }

  @Test
  void whoWantsNoReporterIsGivenNone() {
    assertThatCode(() -> ProducerSettings.of(Map.of("metric.reporters", "")))
        .doesNotThrowAnyException();
  }
}
