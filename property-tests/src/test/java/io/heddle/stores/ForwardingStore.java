package io.heddle.stores;

import io.heddle.engine.store.OrderedStore;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Another store, save for what is overridden. */
class ForwardingStore implements OrderedStore {
  private OrderedStore store;

  ForwardingStore(OrderedStore store) {
    this.store = store;
  }

  /** Stands for another one from now on. */
  final void forwardTo(OrderedStore other) {
    store = other;
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
    store.revoked();
  }
}
