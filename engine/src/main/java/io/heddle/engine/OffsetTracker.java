package io.heddle.engine;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Knows up to where everything of a partition is complete. Not thread-safe.
 *
 * <p>Records are kept in a ring by their place in the order of delivery, so offsets may have gaps.
 * All operations are O(1), amortised. An item is let go as soon as it is complete, even behind a
 * gap.
 *
 * @param <E> what is tracked
 */
final class OffsetTracker<E> {
  /** A leader epoch that is not known. */
  static final int NO_EPOCH = -1;

  private static final long NO_OFFSET = -1;
  private static final int INITIAL_CAPACITY = 64;

  private final IntFunction<@Nullable E[]> arrays;
  private @Nullable E[] items;
  private long[] offsets = new long[INITIAL_CAPACITY];
  private int[] epochs = new int[INITIAL_CAPACITY];
  private long head;
  private long tail;
  private long nextOffset = -1;
  private int nextEpoch = NO_EPOCH;
  private long behindGap;
  private long endOffset = -1;
  private int endEpoch = NO_EPOCH;
  private int setbacks;

  OffsetTracker(IntFunction<@Nullable E[]> arrays) {
    this.arrays = arrays;
    this.items = arrays.apply(INITIAL_CAPACITY);
  }

  /** Adds the next record of the partition and returns its place, to complete it by. */
  long append(long offset, int leaderEpoch, E item) {
    endOffset = -1;
    return put(offset, leaderEpoch, item);
  }

  /**
   * Adds something that is no record between two records. What comes behind it is committable when
   * it is complete; it has no offset itself.
   */
  long append(E item) {
    return put(NO_OFFSET, NO_EPOCH, item);
  }

  private long put(long offset, int leaderEpoch, E item) {
    if (tail - head == items.length) {
      grow();
    }
    int slot = slot(tail);
    items[slot] = item;
    offsets[slot] = offset;
    epochs[slot] = leaderEpoch;
    return tail++;
  }

  /**
   * Says that the log holds other records than those appended from {@code offset} on, which are
   * nothing to commit by from now on. They hold back what comes behind them until they are
   * complete.
   *
   * @param leaderEpoch the leader epoch of what lies before that
   */
  void setBack(long offset, int leaderEpoch) {
    setbacks++;
    for (long place = head; place < tail; place++) {
      if (offsets[slot(place)] >= offset) {
        offsets[slot(place)] = NO_OFFSET;
      }
    }
    if (nextOffset > offset) {
      nextOffset = offset;
      nextEpoch = leaderEpoch;
    }
    endOffset = -1;
  }

  /** How often it was set back. */
  int setbacks() {
    return setbacks;
  }

  /** Says that the log holds nothing more before {@code offset}, behind what was appended. */
  void skipTo(long offset, int leaderEpoch) {
    endOffset = offset;
    endEpoch = leaderEpoch;
    stepOverEnd();
  }

  void complete(long place) {
    if (place < head || place >= tail || items[slot(place)] == null) {
      throw new AssertionError(
          "place %d is complete or unknown, pending are %d to %d".formatted(place, head, tail));
    }
    items[slot(place)] = null;
    behindGap++;
    while (head < tail && items[slot(head)] == null) {
      behindGap--;
      if (offsets[slot(head)] != NO_OFFSET) {
        nextOffset = offsets[slot(head)] + 1;
        nextEpoch = epochs[slot(head)];
      }
      head++;
    }
    stepOverEnd();
  }

  /** The place of the first that is not complete: all before it is. */
  long prefix() {
    return head;
  }

  /** Whether anything is complete from the start on. */
  boolean hasCommittable() {
    return nextOffset >= 0;
  }

  /** The next offset that may be committed: everything before it is complete. */
  long committableOffset() {
    return nextOffset;
  }

  /** The leader epoch to commit with, or {@link #NO_EPOCH}. */
  int committableEpoch() {
    return nextEpoch;
  }

  /** What holds the prefix back, if anything does. */
  @Nullable E oldest() {
    return head == tail ? null : items[slot(head)];
  }

  /** Whether something is complete behind what holds the prefix back. */
  boolean hasGap() {
    return behindGap > 0;
  }

  /** How much is complete behind what holds the prefix back. */
  long behindGap() {
    return behindGap;
  }

  /** The first record that is not complete, or null. */
  @Nullable E oldestRecord() {
    for (long place = head; place < tail; place++) {
      E item = items[slot(place)];
      if (item != null && offsets[slot(place)] != NO_OFFSET) {
        return item;
      }
    }
    return null;
  }

  /** The offsets that are complete behind what holds the prefix back, ascending. */
  long[] completeBehindGap() {
    long[] found = new long[(int) behindGap];
    int count = 0;
    for (long place = head; place < tail; place++) {
      if (isCompleteRecord(place)) {
        found[count++] = offsets[slot(place)];
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The highest leader epoch of {@link #completeBehindGap}, or {@link #NO_EPOCH}. */
  int highestEpochBehindGap() {
    int highest = NO_EPOCH;
    for (long place = head; place < tail; place++) {
      if (isCompleteRecord(place)) {
        highest = Math.max(highest, epochs[slot(place)]);
      }
    }
    return highest;
  }

  private boolean isCompleteRecord(long place) {
    return items[slot(place)] == null && offsets[slot(place)] != NO_OFFSET;
  }

  /**
   * Calls the action with all that is not complete, the last first: workers go on while events are
   * dropped, and would start what waits behind one that is.
   */
  void forEachPending(Consumer<E> action) {
    for (long place = tail - 1; place >= head; place--) {
      E item = items[slot(place)];
      if (item != null) {
        action.accept(item);
      }
    }
  }

  private void stepOverEnd() {
    if (head == tail && endOffset >= 0) {
      nextOffset = endOffset;
      nextEpoch = endEpoch;
      endOffset = -1;
    }
  }

  private void grow() {
    int capacity = items.length;
    @Nullable E[] wider = arrays.apply(2 * capacity);
    long[] widerOffsets = Arrays.copyOf(offsets, 2 * capacity);
    int[] widerEpochs = Arrays.copyOf(epochs, 2 * capacity);
    for (long place = head; place < tail; place++) {
      int from = slot(place);
      int to = (int) (place & (2L * capacity - 1));
      wider[to] = items[from];
      widerOffsets[to] = offsets[from];
      widerEpochs[to] = epochs[from];
    }
    items = wider;
    offsets = widerOffsets;
    epochs = widerEpochs;
  }

  private int slot(long place) {
    return (int) (place & (items.length - 1));
  }
}
