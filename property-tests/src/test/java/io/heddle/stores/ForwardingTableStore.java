package io.heddle.stores;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.PersistentStateStore;
import io.heddle.engine.store.OrderedStore;
import io.heddle.engine.store.OrderedTable;
import java.util.Optional;

/** The engine's store on a table, save for what is overridden. */
class ForwardingTableStore extends ForwardingStore implements PersistentStateStore {
  private final PersistentStateStore persistent;

  ForwardingTableStore(OrderedTable table) {
    this(OrderedStore.on(table));
  }

  private ForwardingTableStore(OrderedStore store) {
    super(store);
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
}
