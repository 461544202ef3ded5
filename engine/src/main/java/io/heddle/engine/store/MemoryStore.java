package io.heddle.engine.store;

import io.heddle.engine.store.Overlay.Write;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A tree of what is committed, and over it what is not. */
final class MemoryStore implements OrderedStore {
  private final NavigableMap<byte[], byte[]> committed = Trees.tree();
  private final Overlay overlay = new Overlay();

  @Override
  public void receiveChange(ConsumerRecord<byte[], byte[]> change) {
    if (change.key() == null) {
      throw new IllegalArgumentException("key must be present in a change, was null");
    }
    Trees.put(committed, change.key(), change.value());
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    Write write = overlay.find(key);
    byte[] value = write == null ? committed.get(key) : write.value;
    return value == null ? null : value.clone();
  }

  @Override
  public void put(byte[] key, byte[] value) {
    overlay.write(new Write(key.clone(), value.clone()));
  }

  @Override
  public void delete(byte[] key) {
    overlay.write(new Write(key.clone(), null));
  }

  @Override
  public void forEach(
      byte @Nullable [] from, byte @Nullable [] to, BiConsumer<byte[], byte[]> action) {
    Trees.forEach(committed, overlay, from, to, action);
  }

  @Override
  public void keep(long position) {
    overlay.keep(position);
  }

  @Override
  public void discard() {
    overlay.discard();
  }

  @Override
  public void commit(long position) {
    overlay.commit(position, write -> Trees.put(committed, write.key, write.value));
  }

  @Override
  public void rollback() {
    overlay.rollback();
  }

  @Override
  public void revoked() {
    rollback();
    committed.clear();
  }

  @Override
  public String toString() {
    Map<String, Integer> sizes = new TreeMap<>();
    sizes.put("committed", committed.size());
    sizes.put("uncommitted", overlay.size());
    return sizes.toString();
  }
}
