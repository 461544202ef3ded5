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
  private @Nullable OpenStores open;
  private @Nullable ChangeOffsets offsets;
  private volatile boolean behind;
  private boolean broken;
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

  /** Takes the stores from whoever had them before. */
  void attach(OpenStores stores) {
    if (released) {
      stores.revoke();
    } else {
      StorePlaces places = stores.places();
      if (places != null && takesBack) {
        places.forgetOffsets();
        offsets = places.newOffsets();
      }
      open = stores;
    }
  }

  /** Lets the stores go: no event of this partition will be called any more. */
  void release() {
    // What is acknowledged will not have to be read again.
    writeAcknowledged();
    released = true;
    OpenStores left = open;
    open = null;
    if (left != null) {
      left.revoke();
    }
  }

  /** Hands the stores, as they were when last committed, to the next ownership. */
  void moveTo(PartitionWorker next) {
    OpenStores moved = open;
    PartitionStores others = next.stores();
    if (moved == null || others == null) {
      throw new AssertionError(worker.partition() + " is replaced, but has no stores to hand on");
    }
    open = null;
    released = true;
    moved.stores().forEach(store -> transactional(store).rollback());
    next.post(strand -> others.attach(moved));
  }

  <S extends StateStore> S get(StoreHandle<S> handle) {
    return handle.cast(ready().stores().get(indexOf(handle)));
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
    if (open == null) {
      return;
    }
    StorePlaces places = takesBack ? null : open.places();
    long callback = places == null ? 0 : places.nextCallback();
    List<StateStore> stores = open.stores();
    for (int i = 0; i < stores.size(); i++) {
      if (stores.get(i) instanceof TransactionalStateStore transactional) {
        if (places != null && places.has(i)) {
          // Until the change log has it.
          transactional.keep(callback);
        } else {
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
      for (StateStore store : open.stores()) {
        if (store instanceof TransactionalStateStore transactional) {
          transactional.discard();
        }
      }
    }
  }

  /** What is to hear of the offset of this record, which was kept last, or null if nothing is. */
  @Nullable SentChanges sent(ProducerRecord<byte[], byte[]> record) {
    StorePlaces places = open == null ? null : open.places();
    SentChanges sent = places == null ? null : places.sent(record.topic());
    if (sent != null) {
      behind = true;
    }
    return sent;
  }

  /**
   * Has the persistent stores write down what is acknowledged, if anything was sent. Any thread.
   */
  void askToWrite() {
    if (behind) {
      worker.post(strand -> writeAcknowledged());
    }
  }

  private void writeAcknowledged() {
    StorePlaces places = open == null || takesBack ? null : open.places();
    if (places != null) {
      write(places::writeAcknowledged);
      behind = places.isBehind();
    }
  }

  /** What is to hear of the offsets that transactions give to changes, or null. */
  @Nullable ChangeOffsets offsets() {
    return offsets;
  }

  /**
   * A transaction with what was made before this place has been committed.
   *
   * @param changes the offsets that the last change of each persistent store got
   */
  void committed(long place, long[] changes) {
    if (open != null) {
      open.stores().forEach(store -> transactional(store).commit(place));
      StorePlaces places = open.places();
      if (places != null) {
        write(() -> places.writeCommitted(changes));
      }
    }
  }

  /** A store that cannot write fails the source; what it has not written it reads again. */
  private void write(Runnable call) {
    if (!broken) {
      try {
        call.run();
      } catch (RuntimeException e) {
        broken = true;
        worker.engine().lifecycle().fail(e);
      }
    }
  }

  void endTurn(OffsetTracker<Event> tracker) {
    for (EntryGuard guard : guards) {
      if (guard != null) {
        guard.forgetBefore(tracker.prefix());
      }
    }
  }

  private OpenStores ready() {
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
