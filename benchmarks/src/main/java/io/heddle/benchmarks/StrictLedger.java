package io.heddle.benchmarks;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Each record is called once, in its key's order, and no two of a key at once. It costs every arm
 * the same, two writes to a place of the key's own.
 */
final class StrictLedger implements Ledger {
  private static final int IDLE = 0;
  private static final int BUSY = 1;
  // One cache line for each key, so that keys do not slow each other down.
  private static final int STRIDE = 16;

  private final Load load;
  private final KeyNames names;
  private final AtomicIntegerArray busy;
  // Of whoever has made the key busy.
  private final long[] last;
  private final int[] left;
  private final AtomicInteger openKeys;
  private final CountDownLatch done = new CountDownLatch(1);
  private final LongAdder overlaps = new LongAdder();
  private final LongAdder disorder = new LongAdder();
  private final LongAdder foreign = new LongAdder();
  private final AtomicInteger begun = new AtomicInteger();
  private volatile long startNanos;
  private volatile long endNanos;

  StrictLedger(Load load, KeyNames names) {
    this.load = load;
    this.names = names;
    int[] counts = load.recordsOfKeys();
    busy = new AtomicIntegerArray(load.keys() * STRIDE);
    last = new long[load.keys()];
    Arrays.fill(last, -1);
    left = counts;
    openKeys = new AtomicInteger((int) Arrays.stream(counts).filter(count -> count > 0).count());
  }

  @Override
  public int started(String key, int partition, long offset) {
    if (startNanos == 0 && begun.compareAndSet(0, 1)) {
      startNanos = System.nanoTime();
    }
    int id = load.keyAt(partition, offset);
    if (!names.name(id).equals(key)) {
      foreign.increment();
    }
    if (!busy.compareAndSet(id * STRIDE, IDLE, BUSY)) {
      overlaps.increment();
    }
    if (offset <= last[id]) {
      disorder.increment();
    } else {
      last[id] = offset;
      left[id]--;
    }
    return id;
  }

  @Override
  public void ended(int id) {
    boolean last = left[id] == 0;
    busy.set(id * STRIDE, IDLE);
    if (last && openKeys.decrementAndGet() == 0) {
      endNanos = System.nanoTime();
      done.countDown();
    }
  }

  /** When the first call began. */
  long startNanos() {
    return startNanos;
  }

  @Override
  public boolean await(long seconds) throws InterruptedException {
    return done.await(seconds, TimeUnit.SECONDS);
  }

  /** Records a second, from the first call's start to the last one's end. */
  double rate() {
    return load.records() * 1e9 / (endNanos - startNanos);
  }

  @Override
  public void check() {
    if (disorder.sum() > 0 || foreign.sum() > 0 || overlaps.sum() > 0) {
      throw new ViolationException(
          "%d calls out of order or twice, %d with a wrong key, %d while their key was busy"
              .formatted(disorder.sum(), foreign.sum(), overlaps.sum()));
    }
    if (openKeys.get() != 0) {
      throw new ViolationException(openKeys.get() + " keys are not done");
    }
  }
}
