package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.simulator.SimulatedProcess;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What a member does that is not the engine: the scenario's work on each record of its topics, with
 * clients and threads of its process. Any thread of the process may call; work tells the checkers.
 */
public final class PeerTask {
  private final Scenario scenario;
  private final SimulatedProcess process;
  private final MemberSurroundings world;

  PeerTask(Scenario scenario, SimulatedProcess process, MemberSurroundings world) {
    this.scenario = scenario;
    this.process = process;
    this.world = world;
  }

  /** The work on a record was drawn to fail; it is to be tried again. */
  public static final class WorkFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private WorkFailedException(Payload payload) {
      super("an attempt at " + payload + " was drawn to fail");
    }
  }

  /** What is run, as drawn for its seed. */
  public Scenario scenario() {
    return scenario;
  }

  /** The member's name. */
  public String member() {
    return world.member();
  }

  /** The life of the process that the member runs in. */
  public SimulatedProcess process() {
    return process;
  }

  /** What to consume. */
  public List<String> topics() {
    return scenario.topics().stream().map(Topic::name).toList();
  }

  /** A consumer with the configuration that the scenario gives its members. */
  public <K> Consumer<K, byte[]> consumer(Class<? extends Deserializer<K>> keys) {
    Map<String, Object> config = MemberConfig.of(scenario, scenario.group().id(), member());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, keys.getName());
    return process.consumer(config);
  }

  /** Whether each record is to be answered by an output, in a transaction with its offset. */
  public boolean makesOutputs() {
    return scenario.engine().exactlyOnce().isPresent();
  }

  /** A producer for such transactions. */
  public <K> Producer<K, byte[]> transactionalProducer(Class<? extends Serializer<K>> keys) {
    String id = scenario.group().id() + "-" + member();
    Map<String, Object> config = MemberConfig.ofProducer(scenario, member(), id);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, keys.getName());
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return process.producer(config);
  }

  /** The output that answers the record, with the same key. */
  public <K> ProducerRecord<K, byte[]> output(ConsumerRecord<K, byte[]> record) {
    Engine.ExactlyOnce outputs = scenario.engine().exactlyOnce().orElseThrow();
    return new ProducerRecord<>(outputs.output(), record.key(), Origin.of(record).value());
  }

  /** Works on the record, for as long as the scenario says; the calling thread waits. */
  public void work(ConsumerRecord<?, byte[]> record) throws WorkFailedException {
    Payload payload = Payload.decode(record.value());
    world.outcomes().began(record, payload);
    world.observer().started(record, payload.key());
    long nanos = world.service().nanos(payload);
    if (nanos > 0) {
      sleep(nanos);
    }
    world.observer().workEnded(record, payload.key());
    if (world.service().fails(payload)) {
      throw new WorkFailedException(payload);
    }
    world.outcomes().worked(record, payload, nanos);
  }

  /**
   * The record needs no more work: its offset may be committed, in a transaction with its output if
   * it has one.
   */
  public void completed(ConsumerRecord<?, byte[]> record) {
    Payload payload = Payload.decode(record.value());
    world.observer().completed(record, payload.key());
    world.outcomes().completed(record, payload);
  }

  /** Lets time pass for a thread of the process, which may be paused or crash meanwhile. */
  public void sleep(long nanos) {
    try {
      var unused =
          process
              .runtime()
              .simulation()
              .insideAs(
                  process.process(),
                  () -> {
                    process.runtime().sleep(nanos);
                    return Boolean.TRUE;
                  });
    } catch (RuntimeException thrown) {
      throw thrown;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
