package io.heddle.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets the poll thread out of a poll that waits, and only out of that. Thread-safe.
 *
 * <p>A wake-up is issued at most once per poll and only while the thread is in it. One that is
 * issued as the poll returns by itself can still be left over for the next call of the consumer;
 * those calls expect it (see {@link Committer}).
 */
final class PollWaker {
  private enum Where {
    OUTSIDE,
    POLLING,
    WOKEN
  }

  private static final AtomicReferenceFieldUpdater<PollWaker, Where> WHERE =
      AtomicReferenceFieldUpdater.newUpdater(PollWaker.class, Where.class, "where");

  private volatile Where where = Where.OUTSIDE;
  private volatile boolean requested;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  void attach(Consumer<byte[], byte[]> polled) {
    consumer = polled;
  }

  /** Makes the poll thread look around soon. Any thread; cheap if that is already due. */
  void wake() {
    if (requested) {
      return;
    }
    requested = true;
    wakeIfPolling();
  }

  /** Called before looking around: a request from here on is about what has not been seen yet. */
  void lookAround() {
    requested = false;
  }

  /** Announces a poll; returns false if it should not wait because something has come up. */
  boolean enterPoll() {
    where = Where.POLLING;
    // Read after the announcement: a request is either seen here or sees the announcement.
    return !requested;
  }

  void leavePoll() {
    where = Where.OUTSIDE;
  }

  /** A rebalance callback begins: nobody should wake a commit. Returns whether a poll called it. */
  boolean enterCallback() {
    return WHERE.getAndSet(this, Where.OUTSIDE) != Where.OUTSIDE;
  }

  /** The callback ends and the poll goes on, unless something has come up meanwhile. */
  void leaveCallback(boolean polling) {
    if (polling) {
      where = Where.POLLING;
      if (requested) {
        wakeIfPolling();
      }
    }
  }

  private void wakeIfPolling() {
    if (where == Where.POLLING && WHERE.compareAndSet(this, Where.POLLING, Where.WOKEN)) {
      Consumer<byte[], byte[]> polled = consumer;
      if (polled != null) {
        polled.wakeup();
      }
    }
  }
}
