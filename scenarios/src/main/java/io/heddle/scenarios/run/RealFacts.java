package io.heddle.scenarios.run;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The facts of a run in real time, put in order as they come in from all threads. A record's
 * acknowledgement can reach the producer after a member has read it; it then counts as appended
 * when it is first read. Thread-safe.
 */
final class RealFacts {
  private final ReentrantLock lock = new ReentrantLock();
  private final RunLedger ledger;
  private final RunOptions options;
  private final long expected;
  private final Map<TopicPartition, BitSet> appended = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
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
    lock.lock();
    try {
      if (fact instanceof Fact.Started begun) {
        append(begun.partition(), begun.offset(), begun.key());
      }
      ledger.accept(fact);
      if (fact instanceof Fact.Completed) {
        options.progress().at(ledger.completed(), expected);
      }
    } finally {
      lock.unlock();
    }
  }

  void appended(TopicPartition partition, long offset, String key) {
    lock.lock();
    try {
      append(partition, offset, key);
    } finally {
      lock.unlock();
    }
  }

  private void append(TopicPartition partition, long offset, String key) {
    BitSet known = appended.computeIfAbsent(partition, each -> new BitSet());
    if (!known.get((int) offset)) {
      known.set((int) offset);
      ledger.accept(new Fact.Appended(now(), partition, offset, key));
    }
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

  void problem(String what) {
    lock.lock();
    try {
      problems.add(what);
    } finally {
      lock.unlock();
    }
  }

  boolean allSent() {
    return locked(() -> unacknowledged == 0);
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
    return ledger;
  }
}
