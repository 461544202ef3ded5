package io.heddle.engine;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and threads of which exactly one runs: each hands the baton back when it parks. The
 * thread of the test drives the others with {@link #settle} and {@link #advance}.
 */
final class Baton {
  private final Semaphore back = new Semaphore(0);
  private final List<Runner> runners = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();
  private final IntUnaryOperator choose;
  private long nowNanos = 1_000_000_000L;

  Baton() {
    this(bound -> 0);
  }

  /** What of all that can run does run next is chosen by this, given how many there are. */
  Baton(IntUnaryOperator choose) {
    this.choose = choose;
  }

  long nowNanos() {
    return nowNanos;
  }

  /** Runs tasks one after another on the thread of the test. */
  Executor inline() {
    return tasks::add;
  }

  /** Runs each task on a thread of its own, which may park. */
  Executor threads() {
    return task -> newThread(task).start();
  }

  Thread newThread(Runnable task) {
    return new Runner(task);
  }

  Lock newLock() {
    return new TurnLock();
  }

  /** Waits until the condition holds. To be called by a thread of {@link #newThread}. */
  void park(BooleanSupplier until) {
    parkUntil(until, Long.MAX_VALUE);
  }

  void parkUntil(BooleanSupplier until, long deadlineNanos) {
    if (Thread.currentThread() instanceof Runner runner) {
      runner.park(until, deadlineNanos);
      return;
    }
    while (!until.getAsBoolean() && nowNanos < deadlineNanos) {
      if (!step()) {
        nowNanos = nextDeadline(deadlineNanos);
      }
    }
  }

  /** Lets everything run that can, without any time passing. */
  void settle() {
    int steps = 0;
    while (step()) {
      if (++steps > 1_000_000) {
        throw new AssertionError("busy without end");
      }
    }
  }

  /** Lets something run that can, if anything. */
  void stepIfPossible() {
    boolean unused = step();
  }

  /** Lets time pass, stopping at each deadline in between. */
  void advance(long nanos) {
    long target = nowNanos + nanos;
    settle();
    while (nowNanos < target) {
      nowNanos = Math.min(target, nextDeadline(target));
      settle();
    }
  }

  /** The number of threads that have not ended. */
  int alive() {
    return runners.size();
  }

  private long nextDeadline(long limit) {
    long next = limit;
    for (Runner runner : runners) {
      if (!runner.over && runner.deadlineNanos > nowNanos) {
        next = Math.min(next, runner.deadlineNanos);
      }
    }
    if (next == Long.MAX_VALUE) {
      throw new AssertionError("everything waits and nothing will happen");
    }
    return next;
  }

  private boolean step() {
    List<Runner> able = runners.stream().filter(Runner::canRun).toList();
    int count = tasks.size() + able.size();
    if (count == 0) {
      return false;
    }
    int chosen = choose.applyAsInt(count);
    if (chosen < tasks.size()) {
      tasks.remove(chosen).run();
    } else {
      able.get(chosen - tasks.size()).proceed();
    }
    runners.removeIf(runner -> runner.over);
    return true;
  }

  private final class Runner extends Thread {
    private final Semaphore turn = new Semaphore(0);
    private BooleanSupplier until = () -> true;
    private long deadlineNanos = Long.MAX_VALUE;
    private boolean begun;
    private boolean over;
    private @Nullable Throwable failure;

    Runner(Runnable task) {
      super(task);
      setDaemon(true);
    }

    @Override
    public synchronized void start() {
      runners.add(this);
    }

    @Override
    public void run() {
      turn.acquireUninterruptibly();
      try {
        super.run();
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        over = true;
        back.release();
      }
    }

    boolean canRun() {
      return !over && (until.getAsBoolean() || nowNanos >= deadlineNanos);
    }

    void proceed() {
      if (!begun) {
        begun = true;
        super.start();
      }
      turn.release();
      back.acquireUninterruptibly();
      if (failure instanceof AssertionError error && over) {
        failure = null;
        throw error;
      }
    }

    void park(BooleanSupplier condition, long deadline) {
      until = condition;
      deadlineNanos = deadline;
      back.release();
      turn.acquireUninterruptibly();
      until = () -> true;
      deadlineNanos = Long.MAX_VALUE;
    }
  }

  /** A lock that is never contended, since nobody parks while holding it. */
  private final class TurnLock implements Lock {
    private boolean held;

    @Override
    public void lock() {
      if (held) {
        throw new AssertionError("somebody parked while holding a lock");
      }
      held = true;
    }

    @Override
    public void unlock() {
      held = false;
    }

    @Override
    public Condition newCondition() {
      return new TurnCondition();
    }

    @Override
    public void lockInterruptibly() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    private final class TurnCondition implements Condition {
      private long signals;

      @Override
      public void await() {
        parkHere(Long.MAX_VALUE);
      }

      @Override
      public long awaitNanos(long nanos) {
        long deadline = nowNanos + nanos;
        parkHere(deadline);
        return deadline - nowNanos;
      }

      private void parkHere(long deadline) {
        unlock();
        long seen = signals;
        parkUntil(() -> signals > seen, deadline);
        lock();
      }

      @Override
      public void signalAll() {
        signals++;
      }

      @Override
      public void signal() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void awaitUninterruptibly() {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean await(long time, TimeUnit unit) {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean awaitUntil(Date deadline) {
        throw new UnsupportedOperationException();
      }
    }
  }
}
