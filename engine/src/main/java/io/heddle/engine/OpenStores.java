package io.heddle.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stores of a partition, in the order of the handles, from when they are restored until they
 * are let go. Of whoever has them: first of the restore thread, then of the strand.
 *
 * @param places where the persistent ones are, or null if none is
 * @param whenGone run after they have been let go
 */
record OpenStores(List<StateStore> stores, @Nullable StorePlaces places, Runnable whenGone) {

  /** Copies. */
  OpenStores {
    stores = List.copyOf(stores);
  }

  void revoke() {
    stores.forEach(StateStore::revoked);
    whenGone.run();
  }
}
