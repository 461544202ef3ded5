package io.heddle.simulator;

import io.heddle.simulator.check.Observer;
import io.heddle.simulator.check.RecordingObserver;
import io.heddle.simulator.client.ClientContext;
import io.heddle.simulator.client.SimAdmin;
import io.heddle.simulator.client.SimConsumer;
import io.heddle.simulator.client.SimProducer;
import io.heddle.simulator.core.SimHandle;
import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.core.SimRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * One life of a simulated process: its Kafka clients, and time and threads as the JDK's own types.
 * In real time any thread may call; in virtual time whoever has the turn.
 */
public final class SimulatedProcess {
  private final ClientContext context;
  private final SimRuntime runtime;
  private final Entrance entrance;
  private final List<SimConsumer<?, ?>> members = new ArrayList<>();
  private int clients;

  SimulatedProcess(ClientContext context) {
    this.context = context;
    this.runtime = new SimRuntime(context.simulation(), context.process());
    this.entrance = new Entrance(context.simulation(), context.process());
  }

  /** Which life of which process this is. */
  public SimProcess process() {
    return context.process();
  }

  /** Clock, executors, threads and locks of the simulation. */
  public SimRuntime runtime() {
    return runtime;
  }

  /** A consumer with kafka-clients' configuration. */
  @SuppressWarnings("unchecked")
  public <K, V> Consumer<K, V> consumer(Map<String, Object> properties) {
    return entered(
        Consumer.class,
        () -> {
          SimConsumer<K, V> consumer = SimConsumer.create(context, named(properties, "consumer"));
          members.removeIf(SimConsumer::isClosed);
          if (properties.get("group.id") != null) {
            members.add(consumer);
          }
          return consumer;
        });
  }

  /**
   * Wakes up each consumer that has a group and is open, as {@link Consumer#wakeup} does.
   *
   * @return false if there is none
   */
  public boolean wakeUp() {
    return context
        .simulation()
        .inside(
            () -> {
              members.removeIf(SimConsumer::isClosed);
              members.forEach(SimConsumer::wakeup);
              return !members.isEmpty();
            });
  }

  /** A producer with kafka-clients' configuration. */
  @SuppressWarnings("unchecked")
  public <K, V> Producer<K, V> producer(Map<String, Object> properties) {
    return entered(
        Producer.class, () -> SimProducer.create(context, named(properties, "producer")));
  }

  /** An admin client with kafka-clients' configuration. */
  public Admin admin(Map<String, Object> properties) {
    return entered(Admin.class, () -> SimAdmin.create(context, named(properties, "adminclient")));
  }

  private <T> T entered(Class<T> type, Supplier<T> client) {
    return entrance.to(type, context.simulation().inside(client));
  }

  /** A client without a {@code client.id} gets one of its own, as in kafka-clients. */
  private Map<String, Object> named(Map<String, Object> properties, String kind) {
    Map<String, Object> all = new java.util.LinkedHashMap<>(properties);
    int number = ++clients;
    all.putIfAbsent("client.id", kind + "-" + process().member() + "-" + number);
    return all;
  }

  /** Through this the application says what it does with its records. */
  public Observer observer() {
    return entrance.to(
        Observer.class,
        new RecordingObserver(process().member(), context.simulation()::nanoTime, context.facts()));
  }

  /** Starts a thread of this process. */
  public SimHandle start(String name, Runnable body) {
    return context.simulation().spawn(process(), name, body);
  }

  @Override
  public String toString() {
    return process().toString();
  }
}
