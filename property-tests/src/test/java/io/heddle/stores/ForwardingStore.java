package io.heddle.stores;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.PersistentStateStore;
import io.heddle.engine.store.OrderedStore;
import io.heddle.engine.store.OrderedTable;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The engine's store on a table, save for what is overridden. */
class ForwardingStore implements OrderedStore, PersistentStateStore {
  private final OrderedStore store;
  private final PersistentStateStore persistent;

  ForwardingStore(OrderedTable table) {
    this.store = OrderedStore.on(table);
    this.persistent = (PersistentStateStore) store;
  }

  @Override
  public Optional<ChangeLogPlace> place() {
    return persistent.place();
  }

  @Override
  public void reset() throws Exception {
    persistent.reset();
  }

  @Override
  public void write(ChangeLogPlace place) throws Exception {
    persistent.write(place);
  }

  @Override
  public void receiveChange(ConsumerRecord<byte[], byte[]> change) throws Exception {
    store.receiveChange(change);
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return store.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    store.delete(key);
  }

  @Override
  public void forEach(
      byte @Nullable [] from, byte @Nullable [] to, BiConsumer<byte[], byte[]> action) {
    store.forEach(from, to, action);
  }

  @Override
  public void keep(long position) {
    store.keep(position);
  }

  @Override
  public void discard() {
    store.discard();
  }

  @Override
  public void commit(long position) {
    store.commit(position);
  }

  @Override
  public void rollback() {
    store.rollback();
  }

  @Override
  public void revoked() {
    persistent.revoked();
  }
}
