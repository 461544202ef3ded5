package io.heddle.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen at a later time: retries, batches that fill slowly, interjections. Thread-safe.
 *
 * <p>The poll thread runs it, between polls that it shortens to the next deadline and while it
 * waits for a drain. A timer thread or a scheduled executor would be one more thing to hand in and
 * one more thread to wake; the poll thread is there anyway, and what it does here is only to post
 * messages. A poll that is late makes a timer late, never early.
 */
final class Timers {
  private final PriorityQueue<Alarm> queue = new PriorityQueue<>(Alarm::compare);
  private final Lock lock;
  private final PollWaker waker;
  private final Monitor monitor;
  private long made;

  Timers(EngineRuntime runtime, PollWaker waker, Monitor monitor) {
    this.lock = runtime.locks().get();
    this.waker = waker;
    this.monitor = monitor;
  }

  /** Has the poll thread run {@code action}, which must be short, at the deadline or soon after. */
  Alarm at(long deadlineNanos, Runnable action) {
    Alarm timer;
    boolean first;
    lock.lock();
    try {
      timer = new Alarm(deadlineNanos, made++, action);
      queue.add(timer);
      first = queue.peek() == timer;
    } finally {
      lock.unlock();
    }
    if (first) {
      // The thread waits for a later deadline, in a poll or for a drain.
      waker.wake();
      monitor.signal();
    }
    return timer;
  }

  /** Nanoseconds until something is to be run, zero or less if that is overdue. */
  long untilNext(long nowNanos) {
    lock.lock();
    try {
      Alarm next = queue.peek();
      return next == null ? Long.MAX_VALUE : next.deadlineNanos - nowNanos;
    } finally {
      lock.unlock();
    }
  }

  /** Runs what is due, in the order of deadlines. Poll thread only. */
  void runDue(long nowNanos) {
    for (Alarm timer : takeDue(nowNanos)) {
      timer.fire();
    }
  }

  private List<Alarm> takeDue(long nowNanos) {
    List<Alarm> due = new ArrayList<>();
    lock.lock();
    try {
      Alarm next = queue.peek();
      while (next != null && next.deadlineNanos - nowNanos <= 0) {
        due.add(next);
        queue.remove();
        next = queue.peek();
      }
    } finally {
      lock.unlock();
    }
    return due;
  }

  /** One thing to be done once. */
  static final class Alarm {
    private final long deadlineNanos;
    private final long sequence;
    private final AtomicBoolean pending = new AtomicBoolean(true);
    // Let go when it has run or been cancelled: the timer itself stays in the queue until then.
    private volatile @Nullable Runnable action;

    private Alarm(long deadlineNanos, long sequence, Runnable action) {
      this.deadlineNanos = deadlineNanos;
      this.sequence = sequence;
      this.action = action;
    }

    /** Sees to it that the action is not run, unless it has been or is being run. */
    void cancel() {
      if (pending.getAndSet(false)) {
        action = null;
      }
    }

    private void fire() {
      Runnable taken = action;
      if (pending.getAndSet(false) && taken != null) {
        action = null;
        taken.run();
      }
    }

    private static int compare(Alarm one, Alarm other) {
      // Differences, since nanoTime may overflow.
      int byDeadline = Long.signum(one.deadlineNanos - other.deadlineNanos);
      return byDeadline != 0 ? byDeadline : Long.compare(one.sequence, other.sequence);
    }
  }
}
