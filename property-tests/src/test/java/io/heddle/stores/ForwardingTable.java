package io.heddle.stores;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.store.OrderedTable;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Another table, save for what is overridden. */
class ForwardingTable implements OrderedTable {
  private final OrderedTable table;

  ForwardingTable(OrderedTable table) {
    this.table = table;
  }

  @Override
  public Optional<ChangeLogPlace> place() {
    return table.place();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return table.get(key);
  }

  @Override
  public void forEach(
      byte @Nullable [] from, byte @Nullable [] to, BiConsumer<byte[], byte[]> action) {
    table.forEach(from, to, action);
  }

  @Override
  public void write(NavigableMap<byte[], byte @Nullable []> changes, ChangeLogPlace place)
      throws IOException {
    table.write(changes, place);
  }

  @Override
  public void clear() throws IOException {
    table.clear();
  }

  @Override
  public void close() {
    table.close();
  }
}
