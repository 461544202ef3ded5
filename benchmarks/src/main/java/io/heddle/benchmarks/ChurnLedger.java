package io.heddle.benchmarks;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Each record is called at least once. It counts calls that begin while another one of their key
 * runs, and those that begin before the key's record before has ended once.
 */
final class ChurnLedger implements Ledger {
  private static final int NONE = -1;

  private final Load load;
  private final KeyNames names;
  private final AtomicIntegerArray running;
  private final AtomicIntegerArray done;
  // The record before of the same key.
  private final int[] before;
  private final AtomicInteger left;
  private final CountDownLatch allDone = new CountDownLatch(1);
  private final LongAdder calls = new LongAdder();
  private final LongAdder overlaps = new LongAdder();
  private final LongAdder disorder = new LongAdder();
  private final LongAdder foreign = new LongAdder();

  ChurnLedger(Load load, KeyNames names) {
    this.load = load;
    this.names = names;
    this.running = new AtomicIntegerArray(load.keys());
    this.done = new AtomicIntegerArray(load.records());
    this.before = predecessors(load);
    this.left = new AtomicInteger(load.records());
  }

  private static int[] predecessors(Load load) {
    int[] before = new int[load.records()];
    int[] last = new int[load.keys()];
    Arrays.fill(last, NONE);
    for (int partition = 0; partition < load.partitions(); partition++) {
      for (int offset = 0; offset < load.end(partition); offset++) {
        int key = load.keyAt(partition, offset);
        int index = load.indexOf(partition, offset);
        before[index] = last[key];
        last[key] = index;
      }
    }
    return before;
  }

  @Override
  public int started(String key, int partition, long offset) {
    calls.increment();
    int id = load.keyAt(partition, offset);
    int index = load.indexOf(partition, offset);
    if (!names.name(id).equals(key)) {
      foreign.increment();
    }
    if (running.incrementAndGet(id) > 1) {
      overlaps.increment();
    }
    if (before[index] != NONE && done.get(before[index]) == 0) {
      disorder.increment();
    }
    return index;
  }

  @Override
  public void ended(int index) {
    int partition = index % load.partitions();
    running.decrementAndGet(load.keyAt(partition, index / load.partitions()));
    if (done.compareAndSet(index, 0, 1) && left.decrementAndGet() == 0) {
      allDone.countDown();
    }
  }

  @Override
  public boolean await(long seconds) throws InterruptedException {
    return allDone.await(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void check() {
    if (foreign.sum() > 0) {
      throw new ViolationException(foreign.sum() + " calls with a wrong key");
    }
    if (left.get() != 0) {
      throw new ViolationException(left.get() + " records are not done");
    }
  }

  /** Whether every record of the partition before this offset is done. */
  boolean isDoneBefore(int partition, long end) {
    for (long offset = 0; offset < end; offset++) {
      if (done.get(load.indexOf(partition, offset)) == 0) {
        return false;
      }
    }
    return true;
  }

  long overlaps() {
    return overlaps.sum();
  }

  long disorder() {
    return disorder.sum();
  }

  /** How many calls were for records that had been called before. */
  long repeats() {
    return calls.sum() - load.records();
  }
}
