package io.heddle.engine;

/** What the output thread of exactly-once delivery does in the order in which it came. */
sealed interface TransactionWork permits Parcel, TransactionWork.Flush {

  /** Asks to commit all that came before, now. */
  final class Flush implements TransactionWork {
    private volatile boolean done;

    /** Whether what came before is committed, or never will be. Any thread. */
    boolean isDone() {
      return done;
    }

    void markDone() {
      done = true;
    }
  }
}
