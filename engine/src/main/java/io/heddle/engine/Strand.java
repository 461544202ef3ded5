package io.heddle.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A serial queue of work whose thread is a role: whoever takes it by compare-and-set runs one
 * bounded turn. Posting is thread-safe and never blocks; what is posted runs one at a time.
 */
final class Strand implements Runnable {
  /** Units of work in a turn, so that strands that share a thread get their share. */
  static final int TURN = 256;

  /** A turn in which that much time has passed ends, so that what was done in it gets known. */
  static final long TURN_NANOS = 1_000_000;

  /** What a strand works on, called by the holder of the role only. */
  interface Work {
    void deliver(Message message);

    /** Does one unit of the work that was delivered before; false if there is none. */
    boolean advance();

    /** Whether {@link #advance} has something to do. */
    boolean hasMore();

    /** Called after each turn, while the role is still held. */
    void endTurn();

    /** The turn threw, or there is no thread for the next one: the strand will not run again. */
    void died(Throwable cause);
  }

  private final Queue<Message> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private final Executor executor;
  private final Work work;
  private final Floor floor;
  private final LongSupplier nanoTime;
  // Plain: a thread can only read itself here if it wrote itself.
  private @Nullable Thread holder;

  Strand(Executor executor, Work work, Floor floor, LongSupplier nanoTime) {
    this.executor = executor;
    this.work = work;
    this.floor = floor;
    this.nanoTime = nanoTime;
  }

  /** Queues a message, and a turn if none is due. */
  void post(Message message) {
    if (offer(message)) {
      runLater();
    }
  }

  /**
   * Queues a message. If this returns true the caller has taken the role and must see to it that
   * {@link #run} or {@link #runLater} is called, once.
   */
  boolean offer(Message message) {
    mailbox.add(message);
    return !taken.get() && taken.compareAndSet(false, true);
  }

  /** Hands the role, which the caller holds, to the executor. */
  void runLater() {
    try {
      executor.execute(this);
    } catch (RuntimeException e) {
      // Nobody will run this strand again. That is the source's failure, not the poster's.
      work.died(e);
    }
  }

  /** One turn. Only for the holder of the role. */
  @Override
  public void run() {
    if (!floor.enter(this)) {
      return;
    }
    holder = Thread.currentThread();
    try {
      turn();
      work.endTurn();
    } catch (RuntimeException | Error e) {
      work.died(e);
      throw e;
    } finally {
      holder = null;
      floor.leave();
    }
    if (hasMore()) {
      runLater();
      return;
    }
    taken.set(false);
    // A message may have come between the look and the release, and its poster relied on us.
    if (!mailbox.isEmpty() && taken.compareAndSet(false, true)) {
      runLater();
    }
  }

  boolean isCurrent() {
    return holder == Thread.currentThread();
  }

  boolean isMailboxEmpty() {
    return mailbox.isEmpty();
  }

  private void turn() {
    long start = nanoTime.getAsLong();
    for (int units = 0; units < TURN; units++) {
      if (nanoTime.getAsLong() - start > TURN_NANOS) {
        return;
      }
      // Completions go first: they free what new records would wait for.
      Message message = mailbox.poll();
      if (message != null) {
        work.deliver(message);
      } else if (!work.advance()) {
        return;
      }
    }
  }

  private boolean hasMore() {
    return !mailbox.isEmpty() || work.hasMore();
  }
}
