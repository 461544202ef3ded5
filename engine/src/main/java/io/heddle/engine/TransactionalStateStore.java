package io.heddle.engine;

/**
 * A store whose writes can be taken back: those of a callback that threw, and those of a
 * transaction that was aborted. Reads see the writes that were not taken back, committed or not.
 *
 * <p>Writes belong to positions, which are the events' places in the order of their partition (but
 * see {@link PersistentStateStore}). With exactly-once delivery callbacks of different positions
 * alternate, and what is committed are all writes below a position. The guard sees to it that one
 * entry's writes ascend in position, so that this is a state that the partition really had.
 */
public interface TransactionalStateStore extends StateStore {

  /** What was written since the last call of this or {@link #discard} belongs to this position. */
  void keep(long position);

  /** What was written since the last call of this or {@link #keep} is to be as if never written. */
  void discard();

  /** What belongs to the positions below this one will not be taken back any more. */
  void commit(long position);

  /** All that is not committed is to be as if never written; positions begin anew. */
  void rollback();
}
