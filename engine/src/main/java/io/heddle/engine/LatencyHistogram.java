package io.heddle.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often which latency was seen, to within 1.6 %, up to about five hours. Its buckets are those
 * of a high dynamic range histogram: 64 for each power of two. Thread-safe; to record takes no lock
 * and allocates nothing.
 */
final class LatencyHistogram {
  private static final int BITS = 6;
  private static final int MAX_SHIFT = 44 - BITS;
  private static final long MAX = (1L << 44) - 1;

  private final AtomicLongArray counts = new AtomicLongArray((MAX_SHIFT + 2) << BITS);
  private final LongAdder total = new LongAdder();
  private final AtomicLong max = new AtomicLong();

  void record(long nanos) {
    long value = Math.min(MAX, Math.max(0, nanos));
    counts.incrementAndGet(bucketOf(value));
    total.add(value);
    long seen = max.get();
    while (value > seen && !max.compareAndSet(seen, value)) {
      seen = max.get();
    }
  }

  /** The state as of about now: what is recorded meanwhile may be in it in part. */
  Snapshot snapshot() {
    long[] copy = new long[counts.length()];
    long count = 0;
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
      count += copy[i];
    }
    return new Snapshot(copy, count, total.sum(), max.get());
  }

  private static int bucketOf(long value) {
    int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS);
    return (shift << BITS) + (int) (value >>> shift);
  }

  /** The largest value of a bucket. */
  private static long upperEdge(int bucket) {
    int shift = Math.max(0, (bucket >>> BITS) - 1);
    long mantissa = bucket - ((long) shift << BITS);
    return ((mantissa + 1) << shift) - 1;
  }

  /** A histogram that does not change. */
  static final class Snapshot {
    private final long[] counts;
    private final long count;
    private final long total;
    private final long max;

    private Snapshot(long[] counts, long count, long total, long max) {
      this.counts = counts;
      this.count = count;
      this.total = total;
      this.max = max;
    }

    long count() {
      return count;
    }

    /** The sum of all. */
    long totalNanos() {
      return total;
    }

    long maxNanos() {
      return max;
    }

    /** The least value that this share, from 0 to 1, of all do not exceed; 0 if there are none. */
    long quantileNanos(double share) {
      long wanted = Math.max(1, (long) Math.ceil(share * count));
      long seen = 0;
      for (int i = 0; i < counts.length; i++) {
        seen += counts[i];
        if (seen >= wanted) {
          return Math.min(max, upperEdge(i));
        }
      }
      return 0;
    }
  }
}
