package io.heddle.members;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.core.SimRuntime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A member of the group {@code app} by the consumer protocol: an engine in a process of its own,
 * whose calls of its consumer a test can hold.
 */
final class HeldMember {
  static final String GROUP = "app";
  static final String OUTPUT = "places";
  private static final String KEY = "any";
  private static final long LOOK_NANOS = 1_000_000;

  /** Where each record was that was handled, in the order of handling. */
  final List<String> handled = new ArrayList<>();

  private final SimulatedProcess process;
  private final EventSource source;
  private String held = "";
  private int toPass;
  private boolean waiting;

  /**
   * @param forwards whether it sends where each record was to {@link #OUTPUT}, exactly once
   */
  HeldMember(SimulatedProcess process, String topic, boolean forwards) {
    this.process = process;
    EventSourceConfig config = EventSourceConfig.of(topic);
    SimRuntime runtime = process.runtime();
    this.source =
        new EventSource(
            forwards
                ? config.withExactlyOnce(
                    ExactlyOnceConfig.of(GROUP, process.process().member().name()))
                : config,
            new KafkaClients(
                    this::consumer,
                    () -> {
                      throw new UnsupportedOperationException(
                          "nothing is sent without transactions");
                    })
                .withTransactionalProducers(this::producer),
            new EngineRuntime(
                runtime.clock(),
                runtime.nanoTime(),
                runtime.threadFactory("engine"),
                runtime.executor("strands", Integer.MAX_VALUE),
                runtime.executor("workers", Integer.MAX_VALUE),
                runtime.locks()));
    source.registerDefault(
        record -> record.partition() + "@" + record.offset(),
        (context, place) -> {
          TopicPartition partition = context.topicPartition();
          long offset = context.input().offset();
          process.observer().started(partition, offset, KEY);
          handled.add(place);
          if (forwards) {
            context.forward(new ProducerRecord<>(OUTPUT, place.getBytes(UTF_8)));
          }
          process.observer().workEnded(partition, offset, KEY);
          process.observer().completed(partition, offset, KEY);
          return ExecutionState.COMPLETE;
        });
  }

  EventSource source() {
    return source;
  }

  /** Starts it on a thread of its own process. */
  void start() {
    var unused = process.start("main", source::start);
  }

  /** Holds the next call of this method of its consumer, or a later one if some are let pass. */
  void hold(String method, int passing) {
    held = method;
    toPass = passing;
  }

  boolean isHeld() {
    return waiting;
  }

  void letGo() {
    held = "";
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new TreeMap<>();
    config.put("group.id", GROUP);
    config.put("group.protocol", "consumer");
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("isolation.level", "read_committed");
    config.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    config.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    Consumer<byte[], byte[]> real = process.consumer(config);
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Consumer.class},
            (self, method, arguments) -> {
              awaitLeave(method.getName());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    @SuppressWarnings("unchecked")
    Consumer<byte[], byte[]> consumer = (Consumer<byte[], byte[]>) proxy;
    return consumer;
  }

  private void awaitLeave(String method) {
    if (held.equals(method) && toPass > 0) {
      toPass--;
      return;
    }
    while (held.equals(method)) {
      waiting = true;
      process.runtime().sleep(LOOK_NANOS);
    }
    waiting = false;
  }

  private Producer<byte[], byte[]> producer(String id) {
    return process.producer(
        Map.of(
            "transactional.id",
            id,
            "key.serializer",
            "org.apache.kafka.common.serialization.ByteArraySerializer",
            "value.serializer",
            "org.apache.kafka.common.serialization.ByteArraySerializer"));
  }
}
