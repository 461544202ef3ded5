package io.heddle.scenarios.run;

import io.heddle.scenarios.report.RunHistory;
import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a run in real time, put in order as they come in from all threads. A record's
 * acknowledgement can reach the producer after a member has read it; it then counts as appended
 * when it is first read. They are judged by whoever asks or settles, so that checking holds up none
 * of the threads that are checked. Thread-safe.
 */
final class RealFacts implements RunOutcomes.Watcher {
  private static final int MOST_PROBLEMS = 10;
  private static final int MOST_WAITING = 200_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final RunLedger ledger;
  private final RunOptions options;
  private final long expected;
  private final Map<TopicPartition, BitSet> appended = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private @Nullable Throwable refusal;
  private long unacknowledged;
  private long startNanos = System.nanoTime();

  RealFacts(RunLedger ledger, RunOptions options, long expected) {
    this.ledger = ledger;
    this.options = options;
    this.expected = expected;
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      settle();
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Time begins. */
  void start() {
    startNanos = System.nanoTime();
  }

  /** Nanoseconds since the start. */
  long now() {
    return System.nanoTime() - startNanos;
  }

  void accept(Fact fact) {
    later(() -> take(fact));
  }

  private void take(Fact fact) {
    if (fact instanceof Fact.Started begun) {
      append(begun.atNanos(), begun.partition(), begun.offset(), begun.key());
    }
    ledger.accept(fact);
    if (fact instanceof Fact.Committed commit) {
      options
          .load()
          .ifPresent(
              load ->
                  load.recorder().committed(commit.partition(), commit.offset(), commit.atNanos()));
    } else if (fact instanceof Fact.Completed) {
      options.progress().at(ledger.completed(), expected);
    }
  }

  void appended(TopicPartition partition, long offset, String key) {
    long nowNanos = now();
    later(() -> append(nowNanos, partition, offset, key));
  }

  private void append(long atNanos, TopicPartition partition, long offset, String key) {
    BitSet known = appended.computeIfAbsent(partition, each -> new BitSet());
    if (!known.get((int) offset)) {
      known.set((int) offset);
      ledger.accept(new Fact.Appended(atNanos, partition, offset, key));
    }
  }

  /** What is judged is not judged by those who do it, unless judging falls far behind. */
  private void later(Runnable taking) {
    waiting.add(taking);
    if (waitingCount.incrementAndGet() > MOST_WAITING) {
      settle();
    }
  }

  /** Takes everything that came in so far; to be called every now and then. */
  void settle() {
    lock.lock();
    try {
      Runnable next = waiting.poll();
      while (next != null) {
        waitingCount.decrementAndGet();
        next.run();
        next = waiting.poll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void service(long atNanos, long nanos, boolean measured) {
    take(history -> history.service(atNanos, nanos, measured));
  }

  @Override
  public void response(long atNanos, long nanos, boolean measured) {
    take(history -> history.response(atNanos, nanos, measured));
  }

  private void take(Consumer<RunHistory> what) {
    options.history().ifPresent(history -> later(() -> what.accept(history)));
  }

  void sending() {
    lock.lock();
    try {
      unacknowledged++;
    } finally {
      lock.unlock();
    }
  }

  void sent() {
    lock.lock();
    try {
      unacknowledged--;
    } finally {
      lock.unlock();
    }
  }

  /** Something failed; where Kafka said no for good, there is no point in going on. */
  void failed(String what, Throwable why) {
    lock.lock();
    try {
      Throwable cause = why;
      while (cause != null && !isRefusal(cause)) {
        cause = cause.getCause();
      }
      if (refusal == null) {
        refusal = cause;
      }
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(what + why.getMessage());
      }
    } finally {
      lock.unlock();
    }
  }

  /** What no waiting changes: who asks may not, or the broker's settings forbid what is asked. */
  private static boolean isRefusal(Throwable failure) {
    return failure instanceof AuthorizationException
        || failure instanceof AuthenticationException
        || failure instanceof InvalidSessionTimeoutException
        || failure instanceof InvalidTxnTimeoutException
        || failure instanceof GroupMaxSizeReachedException
        || failure instanceof UnsupportedVersionException;
  }

  /** Why Kafka lets this run do nothing, if so. */
  Optional<Throwable> refusal() {
    return locked(() -> Optional.ofNullable(refusal));
  }

  boolean allSent() {
    return locked(() -> unacknowledged == 0);
  }

  boolean ready() {
    return locked(ledger::ready);
  }

  boolean drained() {
    return locked(ledger::drained);
  }

  String state() {
    return locked(ledger::state);
  }

  List<String> problems() {
    return locked(() -> new ArrayList<>(problems));
  }

  /** To be used when no other thread is left. */
  RunLedger ledger() {
    settle();
    return ledger;
  }
}
