package io.heddle.scenarios.run;

import static java.util.Locale.ROOT;

import io.heddle.engine.KafkaClients;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.ConsumerProtocol;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.MemberProducer;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Store;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;

/** The configuration of a member's consumer. */
final class MemberConfig {
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArrayDeserializer";

  private MemberConfig() {}

  static Map<String, Object> of(Scenario scenario, String groupId, String member) {
    Map<String, Object> config = new TreeMap<>();
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    if (scenario.engine().exactlyOnce().isPresent()) {
      config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }
    config.putAll(
        scenario.kafka().protocol() == Cluster.Protocol.CONSUMER
            ? ConsumerProtocol.client(scenario.group().configOf(member))
            : scenario.group().configOf(member));
    config.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, BYTES);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, BYTES);
    return config;
  }

  /** Whether all members of a scenario read committed records only. */
  static boolean readCommitted(Scenario scenario) {
    return scenario.group().memberNames().stream()
        .map(member -> of(scenario, scenario.group().id(), member))
        .allMatch(
            config -> "read_committed".equals(config.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG)));
  }

  /** The configuration of a consumer that restores a store: as patient as the member's own. */
  static Map<String, Object> ofRestore(Scenario scenario, String member, IsolationLevel isolation) {
    Map<String, Object> config = new TreeMap<>(scenario.group().configOf(member));
    config
        .keySet()
        .removeIf(
            name ->
                !name.equals(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG)
                    && !name.equals(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
                    && !name.equals(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG)
                    && !name.equals(ConsumerConfig.MAX_POLL_RECORDS_CONFIG));
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString().toLowerCase(ROOT));
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, BYTES);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, BYTES);
    return config;
  }

  /** The clients, with those that ask about a change log, and make it, where members do that. */
  static KafkaClients withAdmins(
      Engine engine, Function<Map<String, Object>, Admin> admins, KafkaClients clients) {
    boolean asks =
        engine.store().filter(each -> each.create() || each.home() == Store.Home.DISK).isPresent();
    return asks ? clients.withAdmins(() -> admins.apply(new TreeMap<>())) : clients;
  }

  /** The configuration of the producer of a member without transactions. */
  static Map<String, Object> ofProducer(Scenario scenario, String member) {
    return new TreeMap<>(MemberProducer.settings(scenario.group(), scenario.engine(), member));
  }

  /** The configuration of a member's transactional producer. */
  static Map<String, Object> ofProducer(Scenario scenario, String member, String transactionalId) {
    Map<String, Object> config = ofProducer(scenario, member);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return config;
  }
}
