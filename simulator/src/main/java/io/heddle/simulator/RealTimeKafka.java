package io.heddle.simulator;

import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.fault.FaultPlan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/**
 * A simulated Kafka on the computer's clock, for applications whose threads cannot be handed in:
 * its clients are called by any thread, which really waits. Faults still follow the seed; which
 * thread comes first does not.
 *
 * <p>Thread-safe, as are its processes and, as far as kafka-clients' own are, its clients.
 * Listeners and callbacks may wait for other threads. Serializers, deserializers, partitioners and
 * interceptors must not: nothing else happens while they run.
 *
 * <p>A thread that calls a client of a crashed process, or of a Kafka that has been closed, ends
 * with a {@link io.heddle.simulator.core.SimulationEnded}.
 */
public final class RealTimeKafka implements AutoCloseable {
  private static final Duration NEVER = Duration.ofDays(36_500);

  private final SimulatedKafka kafka;
  private final FaultPlan faults;
  private final io.heddle.simulator.core.WaitQueue end;
  private final Future<Boolean> whole;
  private boolean closed;

  private RealTimeKafka(SimulatedKafka kafka) {
    this.kafka = kafka;
    this.faults = FaultPlan.of(kafka);
    this.end = kafka.simulation().waitQueue("its end");
    this.whole = kafka.simulation().start("sim-real-time", this::lastUntilClosed);
  }

  /**
   * One broker, latencies around a millisecond, and this seed; a new group does not wait for more
   * members before it first rebalances.
   */
  public static RealTimeKafka withSeed(long seed) {
    return of(
        SimulatedKafka.builder(seed)
            .cluster(
                ClusterSettings.defaults()
                    .withGroups(GroupSettings.defaults().withInitialRebalanceDelayMs(0)))
            .limits(new Limits(NEVER, Long.MAX_VALUE, NEVER, Limits.DEFAULT.blocked())));
  }

  /** What the builder says, but for time; of its limits those of real time apply. */
  public static RealTimeKafka of(SimulatedKafka.Builder builder) {
    return new RealTimeKafka(builder.inRealTime().build());
  }

  private boolean lastUntilClosed() {
    while (!closed) {
      end.await(Long.MAX_VALUE);
    }
    kafka.cluster().checkConsistency();
    return true;
  }

  /**
   * Does something to the Kafka behind it, while nothing else happens: to crash a process, to look
   * into a log. Must not wait.
   */
  public <T> T inside(Function<SimulatedKafka, T> action) {
    return kafka.simulation().inside(() -> action.apply(kafka));
  }

  /** The same for what has no result. */
  public void doInside(Consumer<SimulatedKafka> action) {
    kafka.simulation().doInside(() -> action.accept(kafka));
  }

  /** Plans faults, which happen to requests from now on, or at their times since the start. */
  public void plan(Consumer<FaultPlan> planning) {
    kafka.simulation().doInside(() -> planning.accept(faults));
  }

  /** Creates a topic at once. */
  public void createTopic(String name, int partitions) {
    doInside(it -> it.createTopic(name, partitions));
  }

  /** Creates a topic at once, with Kafka's names and values of settings. */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    doInside(it -> it.createTopic(name, partitions, configs));
  }

  /** The living process of that name; the first call starts its first life. */
  public SimulatedProcess process(String name) {
    return inside(it -> it.process(name));
  }

  /** A consumer in the process {@code app}. */
  public <K, V> org.apache.kafka.clients.consumer.Consumer<K, V> consumer(
      Map<String, Object> properties) {
    return process("app").consumer(properties);
  }

  /** A producer in the process {@code app}. */
  public <K, V> Producer<K, V> producer(Map<String, Object> properties) {
    return process("app").producer(properties);
  }

  /** An admin client in the process {@code app}. */
  public Admin admin(Map<String, Object> properties) {
    return process("app").admin(properties);
  }

  /**
   * Checks the brokers for consistency and ends everything: threads that still wait in a client
   * unwind, and those that it has made have ended when this returns. Does nothing the second time.
   *
   * @throws Exception why the simulation could not go on, or what was wrong at its end
   */
  @Override
  public void close() throws Exception {
    if (kafka.simulation().inside(this::begunToClose)) {
      try {
        whole.get();
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
          throw error;
        }
        throw failed.getCause() instanceof Exception cause ? cause : failed;
      }
    }
  }

  private boolean begunToClose() {
    boolean first = !closed;
    closed = true;
    end.signalAll();
    return first;
  }
}
