package io.heddle.engine.store;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.PersistentStateStore;
import io.heddle.engine.store.Overlay.Write;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A table of what is written down; over it, in memory, what is committed and is to be written down
 * next; and over that what is not committed.
 */
final class TableStore implements OrderedStore, PersistentStateStore {
  private final OrderedTable table;
  private final NavigableMap<byte[], byte @Nullable []> batch = Trees.tree();
  private final Overlay overlay = new Overlay();

  TableStore(OrderedTable table) {
    this.table = table;
  }

  @Override
  public Optional<ChangeLogPlace> place() {
    return table.place();
  }

  @Override
  public void reset() throws IOException {
    table.clear();
  }

  @Override
  public void receiveChange(ConsumerRecord<byte[], byte[]> change) {
    if (change.key() == null) {
      throw new IllegalArgumentException("key must be present in a change, was null");
    }
    batch.put(change.key(), change.value());
  }

  @Override
  public void write(ChangeLogPlace place) throws IOException {
    table.write(batch, place);
    batch.clear();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    Write write = overlay.find(key);
    if (write == null && !batch.containsKey(key)) {
      return table.get(key);
    }
    byte[] value = write == null ? batch.get(key) : write.value;
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
    NavigableMap<byte[], byte[]> committed = Trees.tree();
    table.forEach(from, to, committed::put);
    Trees.part(batch, from, to).forEach((key, value) -> Trees.put(committed, key, value));
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
    overlay.commit(position, write -> batch.put(write.key, write.value));
  }

  @Override
  public void rollback() {
    overlay.rollback();
  }

  @Override
  public void revoked() {
    overlay.rollback();
    batch.clear();
    table.close();
  }

  @Override
  public String toString() {
    return "%s and %d writes to come, %d uncommitted"
        .formatted(table, batch.size(), overlay.size());
  }
}
