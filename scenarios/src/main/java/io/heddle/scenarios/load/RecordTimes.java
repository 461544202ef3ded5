package io.heddle.scenarios.load;

import java.util.Iterator;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** How far the records of one partition are that are not committed. Not thread-safe. */
final class RecordTimes {
  private static final long NEVER = -1;

  private final TreeMap<Long, Entry> open = new TreeMap<>();
  private long committed;

  /** The record at an offset. What was committed before is not kept: it is complete already. */
  Entry at(long offset) {
    if (offset < committed) {
      return new Entry(true);
    }
    return open.computeIfAbsent(offset, each -> new Entry(false));
  }

  /** Hands out when each record that is now committed, and is part of the result, was complete. */
  void committed(long offset, LongConsumer completedNanos) {
    Iterator<Entry> entries = open.headMap(offset).values().iterator();
    while (entries.hasNext()) {
      Entry entry = entries.next();
      if (entry.counts && entry.completedNanos != NEVER) {
        completedNanos.accept(entry.completedNanos);
      }
      entries.remove();
    }
    committed = Math.max(committed, offset);
  }

  /** One record. */
  static final class Entry {
    private final boolean past;
    private long acknowledgedNanos = NEVER;
    private long startedNanos = NEVER;
    private long endedNanos = NEVER;
    private long completedNanos = NEVER;
    private boolean counts;
    private boolean open;

    private Entry(boolean past) {
      this.past = past;
    }

    void acknowledged(long nanos) {
      acknowledgedNanos = nanos;
    }

    /** Nobody may read it before its transaction is committed. */
    void inTransaction() {
      open = true;
    }

    /** Its transaction is committed; how long it was there before, and not to be read. */
    long committed(long nanos) {
      // Who has begun to work on it heard of the commit before its producer did.
      long readable = startedNanos == NEVER ? nanos : Math.min(nanos, startedNanos);
      long waited = acknowledgedNanos == NEVER ? 0 : readable - acknowledgedNanos;
      acknowledgedNanos = readable;
      open = false;
      return waited;
    }

    boolean isOpen() {
      return open;
    }

    boolean hasStarted() {
      return startedNanos != NEVER;
    }

    /** Whether the work on it begins for the first time. */
    boolean start(long nanos) {
      boolean first = !past && startedNanos == NEVER;
      if (first) {
        startedNanos = nanos;
      }
      return first;
    }

    /** From its acknowledgement, which can come late, to the start of the work. */
    long waited() {
      return acknowledgedNanos == NEVER ? 0 : startedNanos - acknowledgedNanos;
    }

    void ended(long nanos) {
      endedNanos = nanos;
    }

    /** Whether it is complete for the first time. */
    boolean complete(long nanos, boolean partOfTheResult) {
      boolean first = !past && completedNanos == NEVER;
      if (first) {
        completedNanos = nanos;
        counts = partOfTheResult;
      }
      return first;
    }

    long finished() {
      return endedNanos == NEVER ? 0 : completedNanos - endedNanos;
    }
  }
}
