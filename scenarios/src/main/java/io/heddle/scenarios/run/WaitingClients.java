package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Arrival;
import io.heddle.simulator.choice.Choices;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clients of a closed loop: each has so many records under way and sends another one when one
 * of them is complete and it has thought about it. Thread-safe, in virtual time as well.
 */
final class WaitingClients {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Arrival.ClosedLoop loop;
  private final Lock lock;
  private final Condition freed;
  private final LongSupplier now;
  private final BooleanSupplier nothingIsLeft;
  private final Queue<Place> free =
      new PriorityQueue<>(Comparator.comparingLong(Place::fromNanos).thenComparing(Place::number));
  private final Map<Long, UnderWay> underWay = new HashMap<>();
  private long places;
  private int notInTheLog;

  /** Room for a record of a client's. */
  private record Place(long fromNanos, long number, int client) {}

  /** A record that a client waits for. */
  private record UnderWay(int client, long thinkNanos) {}

  /**
   * None of the clients has sent anything yet.
   *
   * @param nothingIsLeft whether all that is in the logs is complete: a record that is waited for
   *     even so is gone from its log
   */
  WaitingClients(
      Arrival.ClosedLoop loop,
      Supplier<Lock> locks,
      LongSupplier now,
      BooleanSupplier nothingIsLeft) {
    this.loop = loop;
    this.lock = locks.get();
    this.freed = lock.newCondition();
    this.now = now;
    this.nothingIsLeft = nothingIsLeft;
    for (int i = 0; i < loop.outstanding(); i++) {
      for (int client = 0; client < loop.clients(); client++) {
        free.add(new Place(0, places++, client));
      }
    }
  }

  /** The client that sends next, as soon as there is one; empty if it is over before. */
  OptionalInt next(BooleanSupplier over) throws InterruptedException {
    lock.lock();
    try {
      while (!over.getAsBoolean()) {
        Place first = free.peek();
        long wait = first == null ? LOOK_NANOS : first.fromNanos() - now.getAsLong();
        if (first != null && wait <= 0) {
          free.remove();
          return OptionalInt.of(first.client());
        }
        long left = freed.awaitNanos(Math.min(wait, LOOK_NANOS));
        if (left <= 0 && free.isEmpty() && notInTheLog == 0 && nothingIsLeft.getAsBoolean()) {
          giveUp();
        }
      }
      return OptionalInt.empty();
    } finally {
      lock.unlock();
    }
  }

  /** A client is about to send a record. */
  void sending(long sequence, int client, Choices.Stream chance) {
    long thinkNanos = loop.think().sample(chance::unit);
    locked(
        () -> {
          underWay.put(sequence, new UnderWay(client, thinkNanos));
          notInTheLog++;
        });
  }

  /** A record is in its log. */
  void acknowledged() {
    locked(() -> notInTheLog--);
  }

  /** A record will not be in its log. */
  void notSent(long sequence) {
    locked(
        () -> {
          notInTheLog--;
          free(sequence);
        });
  }

  /** A record is complete, not necessarily for the first time. */
  void completed(long sequence) {
    locked(() -> free(sequence));
  }

  private void free(long sequence) {
    UnderWay record = underWay.remove(sequence);
    if (record != null) {
      free.add(new Place(now.getAsLong() + record.thinkNanos(), places++, record.client()));
      freed.signal();
    }
  }

  private void giveUp() {
    underWay.keySet().stream().sorted().toList().forEach(this::free);
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
