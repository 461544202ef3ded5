package io.heddle.campaign.clients;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.ConsumerGroupSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.broker.SimCluster;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A simulated Kafka of one broker, made for one play. */
final class SimulatorSide implements Side {
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private final SimulatedKafka kafka;
  private final Admin onlooker;

  private SimulatorSide(SimulatedKafka kafka) {
    this.kafka = kafka;
    this.onlooker = kafka.process("onlooker").admin(Map.of());
  }

  /** Plays the trace with a new simulated Kafka. */
  static List<String> play(Trace trace, String prefix, long seed) {
    SimulatedKafka kafka =
        SimulatedKafka.builder(seed)
            .cluster(
                ClusterSettings.defaults()
                    .withAutoCreateTopics(false)
                    .withGroups(
                        GroupSettings.defaults()
                            .withInitialRebalanceDelayMs(0)
                            .withSessionTimeoutMs(100, 1_800_000)
                            .withConsumer(
                                ConsumerGroupSettings.defaults()
                                    .withSession(45_000, 100)
                                    .withAssignmentIntervalMs(0))))
            .build();
    Play play = new Play(trace, prefix);
    try {
      kafka.run(() -> play.on(new SimulatorSide(kafka)));
    } catch (Exception | AssertionError failed) {
      play.broken(failed);
    }
    return play.outcomes();
  }

  @Override
  public <K, V> Consumer<K, V> consumer(Map<String, Object> properties) {
    return kafka.consumer(properties);
  }

  @Override
  public <K, V> Producer<K, V> producer(Map<String, Object> properties) {
    return kafka.producer(properties);
  }

  @Override
  public Admin admin(Map<String, Object> properties) {
    return kafka.admin(properties);
  }

  @Override
  public Admin onlooker() {
    return onlooker;
  }

  @Override
  public void createTopic(String name, int partitions) {
    kafka.createTopic(name, partitions, Play.TOPIC);
  }

  @Override
  public void awaitTopic(String name, int partitions) {
    // What has been created can be used here.
  }

  @Override
  public void awaitNoTopic(String name) {
    // And what has been deleted is gone.
  }

  @Override
  public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel isolation) {
    SimCluster cluster = kafka.cluster();
    Map<TopicPartition, Long> ends = new LinkedHashMap<>();
    for (TopicPartition each : partitions) {
      ends.put(
          each,
          isolation == IsolationLevel.READ_COMMITTED
              ? cluster.lastStableOffset(each)
              : cluster.endOffset(each));
    }
    return ends;
  }

  @Override
  public void awaitEnded(Collection<String> transactionalIds) {
    while (transactionalIds.stream()
        .flatMap(id -> kafka.cluster().transactionState(id).stream())
        .anyMatch(state -> state.startsWith("Prepare"))) {
      pause();
    }
  }

  @Override
  public long nanoTime() {
    return kafka.simulation().nanoTime();
  }

  @Override
  public void pause() {
    kafka.simulation().sleep(PAUSE_NANOS);
  }
}
