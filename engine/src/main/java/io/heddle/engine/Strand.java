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

  /** What a turn leaves to its thread, to be done when the role has been given up. */
  interface FollowUp {
    /** Does it, and takes as long as it likes. */
    void here();

    /** Has another thread do it, since this turn goes on. */
    void elsewhere();
  }

  private final Queue<Message> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private final Executor executor;
  private final Executor workers;
  private final Work work;
  private final Floor floor;
  private final LongSupplier nanoTime;
  // Plain: a thread can only read itself here if it wrote itself.
  private @Nullable Thread holder;
  // Of the holder.
  private boolean followsUp;
  private @Nullable FollowUp followUp;

  /**
   * A strand.
   *
   * @param executor for turns after which the thread is wanted back
   * @param workers for turns after which the thread may be kept for long
   */
  Strand(Executor executor, Executor workers, Work work, Floor floor, LongSupplier nanoTime) {
    this.executor = executor;
    this.workers = workers;
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

  /** Queues a message; its turn's thread begins itself what the turn submits last. */
  void postToWorker(Message message) {
    if (offer(message)) {
      execute(workers, this::runAndFollowUp);
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
    execute(executor, this);
  }

  private void execute(Executor by, Runnable turn) {
    try {
      by.execute(turn);
    } catch (RuntimeException e) {
      // Nobody will run this strand again. That is the source's failure, not the poster's.
      work.died(e);
    }
  }

  /** One turn. Only for the holder of the role. */
  @Override
  public void run() {
    FollowUp unused = run(false);
  }

  /**
   * One turn, on a thread that may be kept for long. Only for the holder of the role.
   *
   * @return what the turn leaves to this thread, if anything
   */
  @Nullable FollowUp runOnWorker() {
    return run(true);
  }

  private void runAndFollowUp() {
    FollowUp left = runOnWorker();
    if (left != null) {
      left.here();
    }
  }

  private @Nullable FollowUp run(boolean onWorker) {
    if (!floor.enter(this)) {
      return null;
    }
    FollowUp left;
    holder = Thread.currentThread();
    followsUp = onWorker;
    try {
      turn();
      work.endTurn();
    } catch (RuntimeException | Error e) {
      work.died(e);
      passOn();
      throw e;
    } finally {
      left = followUp;
      followUp = null;
      holder = null;
      floor.leave();
    }
    if (hasMore()) {
      runLater();
      return left;
    }
    taken.set(false);
    // A message may have come between the look and the release, and its poster relied on us.
    if (!mailbox.isEmpty() && taken.compareAndSet(false, true)) {
      runLater();
    }
    return left;
  }

  /**
   * Leaves something to the thread of this turn, which does it unless it finds more to do in the
   * turn. Returns false if the calling thread runs no turn, or one after which it is wanted back.
   */
  boolean leave(FollowUp task) {
    if (!isCurrent() || !followsUp) {
      return false;
    }
    passOn();
    followUp = task;
    return true;
  }

  private void passOn() {
    FollowUp left = followUp;
    if (left != null) {
      followUp = null;
      left.elsewhere();
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
      if (message == null && !work.hasMore()) {
        return;
      }
      // What was left waits for no other event.
      passOn();
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
