package io.heddle.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state stores of a source. Filled before the start, then only read; see {@link Restorer}. */
final class Stores {
  private final List<StoreHandle<?>> handles = new ArrayList<>();
  private final KafkaClients clients;
  private final Restorer restorer;

  Stores(
      KafkaClients clients,
      EventSourceConfig config,
      EngineRuntime runtime,
      Lifecycle lifecycle,
      PollWaker waker) {
    this.clients = clients;
    this.restorer = new Restorer(clients, config, handles, runtime, lifecycle, waker);
  }

  <S extends StateStore> StoreHandle<S> add(
      Engine engine, StoreConfig config, Class<S> type, StateStoreFactory<? extends S> factory) {
    EventSourceConfig source = engine.config();
    if (source.topics().size() != 1) {
      throw new IllegalArgumentException(
          "a source with state stores must have one topic, has "
              + source.topics()
              + ": make a source for each, with stores and change logs of its own, or send the"
              + " records on to one topic");
    }
    for (StoreHandle<?> other : handles) {
      distinct(other.config().name(), config.name(), "name");
      distinct(other.config().changeLog(), config.changeLog(), "changeLog");
    }
    distinct(source.topics().get(0), config.changeLog(), "changeLog");
    if (!config.guard() && source.exactlyOnce().isPresent()) {
      throw new IllegalArgumentException(
          "guard must be true for exactly-once delivery, was false for store '%s'"
              .formatted(config.name()));
    }
    StoreHandle<S> handle = new StoreHandle<>(engine, config, type, factory, handles.size());
    handles.add(handle);
    return handle;
  }

  private static void distinct(String other, String value, String field) {
    if (other.equals(value)) {
      throw new IllegalArgumentException(
          "%s must be used once in a source, was '%s' again".formatted(field, value));
    }
  }

  /** Refuses a source whose stores could never be restored. */
  void checkClients() {
    if (handles.isEmpty()) {
      return;
    }
    if (clients.restoreConsumers().isEmpty()) {
      throw new IllegalStateException("state stores need KafkaClients.withRestoreConsumers");
    }
    for (StoreHandle<?> handle : handles) {
      if (handle.config().create() && clients.admins().isEmpty()) {
        throw new IllegalStateException(
            "creating change log '%s' needs KafkaClients.withAdmins, or StoreConfig.withoutCreation"
                .formatted(handle.config().changeLog()));
      }
    }
  }

  boolean isEmpty() {
    return handles.isEmpty();
  }

  Restorer restorer() {
    return restorer;
  }

  /** What a worker needs for its stores, or null if there are none. */
  @Nullable PartitionStores of(PartitionWorker worker) {
    return handles.isEmpty() ? null : new PartitionStores(worker, handles);
  }
}
