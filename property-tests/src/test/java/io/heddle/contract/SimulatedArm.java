package io.heddle.contract;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.ConsumerGroupSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.core.SimHandle;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The simulated Kafka; the body runs inside of it, in virtual time, once with each of some seeds.
 */
final class SimulatedArm implements KafkaArm {
  private static final int SEEDS = 5;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final SimulatedKafka kafka;
  private int names;

  private SimulatedArm(SimulatedKafka kafka) {
    this.kafka = kafka;
  }

  static void run(Contract.Body body) throws Exception {
    run(body, false);
  }

  /** Runs it where topics are made, or not, when somebody asks for them. */
  static void run(Contract.Body body, boolean createsTopics) throws Exception {
    for (int seed = 1; seed <= SEEDS; seed++) {
      SimulatedKafka kafka = kafka(seed, 1, createsTopics);
      kafka.run(() -> body.on(new SimulatedArm(kafka)));
    }
  }

  /** Runs it with three brokers that can go and come back. */
  static void run(ReplicaContract.Body body) throws Exception {
    for (int seed = 1; seed <= SEEDS; seed++) {
      SimulatedKafka kafka = kafka(seed, 3, false);
      BrokerLives brokers =
          new BrokerLives() {
            @Override
            public void stop(int broker) {
              kafka.shutDownBroker(broker);
            }

            @Override
            public void start(int broker) {
              kafka.startBroker(broker);
            }
          };
      kafka.run(() -> body.on(new SimulatedArm(kafka), brokers));
    }
  }

  private static SimulatedKafka kafka(int seed, int brokers, boolean createsTopics) {
    return SimulatedKafka.builder(seed)
        .cluster(
            ClusterSettings.defaults()
                .withBrokers(brokers)
                .withAutoCreateTopics(createsTopics)
                .withGroups(
                    GroupSettings.defaults()
                        .withInitialRebalanceDelayMs(0)
                        .withSessionTimeoutMs(100, 1_800_000)
                        .withConsumer(ConsumerGroupSettings.defaults().withSession(2_000, 100))))
        .build();
  }

  @Override
  public <K, V> Consumer<K, V> consumerWith(Map<String, Object> properties) {
    return kafka.consumer(properties);
  }

  @Override
  public <K, V> Producer<K, V> producerWith(Map<String, Object> properties) {
    return kafka.producer(properties);
  }

  @Override
  public Admin admin() {
    return kafka.admin(Map.of());
  }

  @Override
  public String topic(int partitions, Map<String, String> settings) {
    String name = unique("topic");
    kafka.createTopic(name, partitions, settings);
    return name;
  }

  @Override
  public String unique(String prefix) {
    return prefix + "-" + ++names;
  }

  @Override
  public Task start(String name, Step step) {
    Attempt attempt = new Attempt(step);
    SimHandle handle = kafka.process("app").start(name, attempt);
    return () -> attempt.end(handle.join(PATIENCE_NANOS));
  }

  @Override
  public void eventually(String what, Condition condition) {
    long deadline = kafka.simulation().nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      if (kafka.simulation().nanoTime() >= deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      kafka.simulation().sleep(Duration.ofMillis(5).toNanos());
    }
  }
}
