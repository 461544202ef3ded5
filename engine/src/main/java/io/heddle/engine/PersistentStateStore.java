package io.heddle.engine;

import java.util.Optional;

/**
 * A store that outlives its process, on a disk of this member say, so that only the end of its
 * change log has to be read when the partition comes back.
 *
 * <p>It keeps two things, which go together: what is committed, and the place in the change log up
 * to which that is complete. Both are written in one batch, by {@link #write}. Whatever a crash
 * leaves, the place must never be further than what is there; it may be less far, since changes
 * that come again change nothing. What is not committed must not outlive the process: it may never
 * have reached the change log.
 *
 * <p>The engine tells of a commit only when the changes are in the change log for good: with
 * exactly-once delivery after the transaction has been committed, otherwise when they are
 * acknowledged. Positions are the places of events in the order of their partition with
 * exactly-once delivery, otherwise they count the callbacks that have returned, which is the order
 * of the change log.
 *
 * <p>Before it reads on from a place, the engine makes sure that this is the log it was about; if
 * it is not, it calls {@link #reset}. A store is opened by its {@link StateStoreFactory} only after
 * the one that this member had for the same partition has been {@link #revoked}. Used by one thread
 * at a time. {@code io.heddle.engine.store.OrderedStore.on} makes one of an ordered table.
 */
public interface PersistentStateStore extends TransactionalStateStore {

  /**
   * The place that was written last, or nothing if the change log has to be read from its
   * beginning. Asked once, before the first change.
   */
  Optional<ChangeLogPlace> place();

  /**
   * Forgets everything there is, the place included: it is not of the change log that there is now.
   * Called on the restore thread, before the first change.
   *
   * @throws Exception if that cannot be done; the source then fails
   */
  void reset() throws Exception;

  /**
   * Everything before this place has been received or committed, and is to be written down with it
   * in one batch: now, or with a later call of this, but never in part. Called on the restore
   * thread after each poll that brought changes and at the end of the log; then on the strand,
   * which waits for it, with exactly-once delivery after each transaction that brought changes,
   * otherwise every {@link EventSourceConfig#commitInterval} and before {@link #revoked}.
   *
   * @throws Exception if that cannot be done; the source then fails, and this is not called again
   */
  void write(ChangeLogPlace place) throws Exception;

  /**
   * The partition is gone: nobody will use this store again. It lets go of what it holds open, and
   * keeps what is written.
   */
  @Override
  void revoked();
}
