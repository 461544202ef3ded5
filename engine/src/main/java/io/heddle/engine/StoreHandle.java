package io.heddle.engine;

import org.apache.kafka.common.TopicPartition;

/**
 * Names a store of a source, to reach a partition's own by: {@link EventContext#store}.
 * Thread-safe.
 *
 * @param <S> the stores
 */
public final class StoreHandle<S extends StateStore> {
  private final Engine engine;
  private final StoreConfig config;
  private final Class<S> type;
  private final StateStoreFactory<? extends S> factory;
  private final int index;

  StoreHandle(
      Engine engine,
      StoreConfig config,
      Class<S> type,
      StateStoreFactory<? extends S> factory,
      int index) {
    this.engine = engine;
    this.config = config;
    this.type = type;
    this.factory = factory;
    this.index = index;
  }

  /** The settings of this store. */
  public StoreConfig config() {
    return config;
  }

  /**
   * Tells the guard that the event reads the entry of this key, which a store of one's own has to
   * do before it does. Changes need no telling: {@link EventContext#recordChange} does it.
   *
   * @throws StoreAccessException if an event behind this one has changed the entry
   * @throws IllegalStateException if called outside of the event's handler or finalizer
   */
  public void reads(EventContext context, byte[] key) {
    eventOf(context).readsEntry(this, key);
  }

  int index() {
    return index;
  }

  S cast(StateStore store) {
    return type.cast(store);
  }

  boolean isOf(Engine other) {
    return engine.isSameAs(other);
  }

  S open(TopicPartition partition) {
    S store = factory.create(partition);
    if (store == null) {
      throw new NullPointerException(
          "the factory of store '%s' returned null for %s".formatted(config.name(), partition));
    }
    if (engine.transactions() != null && !(store instanceof TransactionalStateStore)) {
      throw new IllegalArgumentException(
          "store '%s' must be a TransactionalStateStore for exactly-once delivery, was %s"
              .formatted(config.name(), store.getClass().getName()));
    }
    return store;
  }

  private static Event eventOf(EventContext context) {
    if (context instanceof Event event) {
      return event;
    }
    throw new AssertionError("a context that is no event: " + context);
  }
}
