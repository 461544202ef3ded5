package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.ConsumerProtocol;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Scenario;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.ConsumerGroupSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.broker.LogSettings;
import java.util.Map;
import java.util.OptionalInt;

/** The settings of the simulated brokers, as a scenario says. */
final class SimulatedCluster {
  /** With a store brokers compact so often that a run of a few seconds sees it. */
  private static final int CLEANING_MS = 2_000;

  private static final int MIN_SESSION_MS = 1;
  private static final int MAX_SESSION_MS = 1_800_000;

  private SimulatedCluster() {}

  static ClusterSettings settings(Scenario scenario) {
    ConsumerGroupSettings consumers = ConsumerGroupSettings.defaults();
    if (scenario.kafka().protocol() == Cluster.Protocol.CONSUMER) {
      ConsumerProtocol protocol = ConsumerProtocol.of(scenario.group());
      consumers =
          consumers
              .withSession(protocol.sessionTimeoutMs(), protocol.heartbeatIntervalMs())
              .withAssignmentIntervalMs(ConsumerProtocol.ASSIGNMENT_INTERVAL_MS);
    }
    GroupSettings groups =
        GroupSettings.defaults()
            .withConsumer(consumers)
            .withSessionTimeoutMs(MIN_SESSION_MS, MAX_SESSION_MS)
            .withInitialRebalanceDelayMs((int) scenario.kafka().initialRebalanceDelay().toMillis());
    return ClusterSettings.defaults()
        .withBrokers(scenario.kafka().brokers())
        .withAutoCreateTopics(false)
        .withGroups(groups)
        .withLogs(logs(scenario));
  }

  /** Makes the topics that the scenario's members are not to make. */
  static void createTopics(SimulatedKafka kafka, Scenario scenario) {
    scenario
        .topics()
        .forEach(
            each ->
                create(kafka, each.name(), each.partitions(), each.replication(), each.config()));
    Engine engine = scenario.engine();
    engine.outputTopic().ifPresent(each -> kafka.createTopic(each, engine.outputPartitions()));
    engine
        .store()
        .filter(store -> !store.create())
        .ifPresent(
            store ->
                create(
                    kafka,
                    store.changeLog(),
                    scenario.topics().get(0).partitions(),
                    store.replication(),
                    StoredOffsets.topic(store)));
    engine.deadLetters().forEach(topic -> kafka.createTopic(topic, 1));
  }

  private static void create(
      SimulatedKafka kafka,
      String name,
      int partitions,
      OptionalInt replication,
      Map<String, String> config) {
    if (replication.isPresent()) {
      var unused = kafka.cluster().createTopic(name, partitions, replication.getAsInt(), config);
    } else {
      kafka.createTopic(name, partitions, config);
    }
  }

  private static LogSettings logs(Scenario scenario) {
    LogSettings usual = LogSettings.defaults();
    return scenario.engine().store().isPresent() ? usual.withCleanerBackoffMs(CLEANING_MS) : usual;
  }
}
