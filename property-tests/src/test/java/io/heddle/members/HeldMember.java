package io.heddle.members;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
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
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A member of the group {@code app} by the consumer protocol: an engine in a process of its own,
 * whose polls a test can hold.
 */
final class HeldMember {
  static final String GROUP = "app";
  private static final String KEY = "any";
  private static final long LOOK_NANOS = 1_000_000;

  /** Where each record was that was handled, in the order of handling. */
  final List<String> handled = new ArrayList<>();

  private final SimulatedProcess process;
  private final EventSource source;
  private boolean held;
  private boolean waiting;

  HeldMember(SimulatedProcess process, String topic, UnaryOperator<EventSourceConfig> configure) {
    this.process = process;
    SimRuntime runtime = process.runtime();
    this.source =
        new EventSource(
            configure.apply(EventSourceConfig.of(topic)),
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

  /** Holds its next poll, and waits until that is held. */
  void hold() {
    held = true;
    while (!waiting) {
      process.runtime().sleep(LOOK_NANOS);
    }
  }

  void letGo() {
    held = false;
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
              if (method.getName().equals("poll")) {
                awaitLeave();
              }
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

  private void awaitLeave() {
    waiting = held;
    while (held) {
      process.runtime().sleep(LOOK_NANOS);
    }
    waiting = false;
  }

  private org.apache.kafka.clients.producer.Producer<byte[], byte[]> producer(String id) {
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
