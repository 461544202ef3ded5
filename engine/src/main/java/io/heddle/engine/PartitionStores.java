package io.heddle.engine;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The stores of one ownership of a partition: not there until they are restored, then the strand's,
 * and at last either let go or handed to the ownership that takes this one's place. Of the strand.
 */
final class PartitionStores {
  private final PartitionWorker worker;
  private final List<StoreHandle<?>> handles;
  private final List<@Nullable EntryGuard> guards = new ArrayList<>();
  private final boolean takesBack;
  private @Nullable List<StateStore> open;
  private boolean released;
  private String stage = "";

  PartitionStores(PartitionWorker worker, List<StoreHandle<?>> handles) {
    this.worker = worker;
    this.handles = handles;
    this.takesBack = worker.ledger() != null;
    for (StoreHandle<?> handle : handles) {
      guards.add(handle.config().guard() ? new EntryGuard(handle.config().name()) : null);
    }
  }

  List<StoreHandle<?>> handles() {
    return handles;
  }

  /** Whether the state is there, so that events can be handled. */
  boolean areReady() {
    return open != null;
  }

  /** Takes the stores, in the order of the handles, from whoever had them before. */
  void attach(List<StateStore> stores) {
    if (released) {
      stores.forEach(StateStore::revoked);
    } else {
      open = stores;
    }
  }

  /** Lets the stores go: no event of this partition will be called any more. */
  void release() {
    released = true;
    List<StateStore> left = open;
    open = null;
    if (left != null) {
      left.forEach(StateStore::revoked);
    }
  }

  /** Hands the stores, as they were when last committed, to the next ownership. */
  void moveTo(PartitionWorker next) {
    List<StateStore> moved = open;
    PartitionStores others = next.stores();
    if (moved == null || others == null) {
      throw new AssertionError(worker.partition() + " is replaced, but has no stores to hand on");
    }
    open = null;
    released = true;
    moved.forEach(store -> transactional(store).rollback());
    next.post(strand -> others.attach(moved));
  }

  <S extends StateStore> S get(StoreHandle<S> handle) {
    return handle.cast(ready().get(indexOf(handle)));
  }

  void reads(StoreHandle<?> handle, Event event, byte[] key) {
    EntryGuard guard = guards.get(indexOf(handle));
    if (guard != null) {
      guard.reads(event, stage, key);
    }
  }

  /** Checks the change and returns what is to be written of it. */
  ProducerRecord<byte[], byte[]> change(StoreHandle<?> handle, Event event, ChangeLogEntry entry) {
    EntryGuard guard = guards.get(indexOf(handle));
    if (guard != null) {
      guard.writes(event, stage, entry.key());
    }
    return entry.forProducer(
        handle.config().changeLog(),
        worker.partition().partition(),
        worker.engine().config().typeHeader());
  }

  boolean isChangeLog(String topic) {
    return handles.stream().anyMatch(handle -> handle.config().changeLog().equals(topic));
  }

  /** Application code of this stage is about to be called. */
  void enter(String called) {
    stage = called;
  }

  /** The application's code has returned, and what it wrote stands. */
  void keep(Event event) {
    if (open != null) {
      for (StateStore store : open) {
        if (store instanceof TransactionalStateStore transactional) {
          transactional.keep(event.place());
          if (!takesBack) {
            transactional.commit(Long.MAX_VALUE);
          }
        }
      }
    }
  }

  /** The application's code has thrown, and its next attempt writes anew. */
  void discard() {
    if (open != null) {
      for (StateStore store : open) {
        if (store instanceof TransactionalStateStore transactional) {
          transactional.discard();
        }
      }
    }
  }

  /** A transaction with what was made before this place has been committed. */
  void committed(long place) {
    if (open != null) {
      open.forEach(store -> transactional(store).commit(place));
    }
  }

  void endTurn(OffsetTracker<Event> tracker) {
    for (EntryGuard guard : guards) {
      if (guard != null) {
        guard.forgetBefore(tracker.prefix());
      }
    }
  }

  private List<StateStore> ready() {
    if (open == null) {
      throw new IllegalStateException("the stores of " + worker.partition() + " are gone");
    }
    return open;
  }

  private int indexOf(StoreHandle<?> handle) {
    if (!handle.isOf(worker.engine())) {
      throw new IllegalArgumentException(
          "store '%s' is of another source".formatted(handle.config().name()));
    }
    return handle.index();
  }

  private static TransactionalStateStore transactional(StateStore store) {
    if (store instanceof TransactionalStateStore transactional) {
      return transactional;
    }
    throw new AssertionError(store + " was opened although it cannot take anything back");
  }
}
