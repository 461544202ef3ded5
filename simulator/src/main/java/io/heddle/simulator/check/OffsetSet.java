package io.heddle.simulator.check;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of offsets, in pages of bits: made for long runs of neighbours, at home with wide gaps. A
 * page without holes takes no bits.
 */
final class OffsetSet {
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_SIZE = 1 << PAGE_SHIFT;

  private final TreeMap<Long, Page> pages = new TreeMap<>();
  // The page used last, or that there is none: offsets come in runs, and this saves most of the
  // look-ups. An empty page is given up when it is left, so that one which fills and empties by
  // turns is not made anew.
  private long nearIndex = -1;
  private @Nullable Page near;
  private long size;

  /** Adds the offset and returns whether it is new. */
  boolean add(long offset) {
    Page page = page(offset);
    if (page == null) {
      page = new Page();
      nearIndex = offset >>> PAGE_SHIFT;
      near = page;
      pages.put(nearIndex, page);
    }
    boolean added = page.add(bit(offset));
    size += added ? 1 : 0;
    return added;
  }

  /** Removes the offset and returns whether it was there. */
  boolean remove(long offset) {
    Page page = page(offset);
    if (page == null || !page.remove(bit(offset))) {
      return false;
    }
    size--;
    return true;
  }

  /** Removes all offsets from {@code from} up to, not including, {@code to}. */
  void removeRange(long from, long to) {
    for (long offset = next(from); offset >= 0 && offset < to; offset = next(offset + 1)) {
      remove(offset);
    }
  }

  boolean contains(long offset) {
    Page page = page(offset);
    return page != null && page.contains(bit(offset));
  }

  /** Returns the lowest offset, or -1. */
  long first() {
    return next(0);
  }

  /** Returns the lowest offset that is not below {@code from}, or -1. */
  long next(long from) {
    long index = from >>> PAGE_SHIFT;
    int bit = bit(from);
    for (Map.Entry<Long, Page> entry : pages.tailMap(index, true).entrySet()) {
      int next = entry.getValue().next(entry.getKey() == index ? bit : 0);
      if (next >= 0) {
        return (entry.getKey() << PAGE_SHIFT) + next;
      }
    }
    return -1;
  }

  long size() {
    return size;
  }

  /** Returns how many offsets lie below {@code limit}. */
  long sizeBelow(long limit) {
    long count = 0;
    for (Map.Entry<Long, Page> entry : pages.headMap(limit >>> PAGE_SHIFT, true).entrySet()) {
      long room = limit - (entry.getKey() << PAGE_SHIFT);
      count += entry.getValue().countBelow((int) Math.min(PAGE_SIZE, room));
    }
    return count;
  }

  private @Nullable Page page(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative, was " + offset);
    }
    long index = offset >>> PAGE_SHIFT;
    if (index != nearIndex) {
      if (near != null && near.count == 0) {
        pages.remove(nearIndex);
      }
      near = pages.get(index);
      nearIndex = index;
    }
    return near;
  }

  private static int bit(long offset) {
    return (int) (offset & (PAGE_SIZE - 1));
  }

  private static final class Page {
    private long @Nullable [] words = new long[PAGE_SIZE / Long.SIZE];
    private int count;

    boolean contains(int bit) {
      return words == null || (words[bit >> 6] & (1L << bit)) != 0;
    }

    boolean add(int bit) {
      if (words == null || (words[bit >> 6] & (1L << bit)) != 0) {
        return false;
      }
      words[bit >> 6] |= 1L << bit;
      if (++count == PAGE_SIZE) {
        words = null;
      }
      return true;
    }

    boolean remove(int bit) {
      if (words == null) {
        words = new long[PAGE_SIZE / Long.SIZE];
        Arrays.fill(words, -1L);
      }
      if ((words[bit >> 6] & (1L << bit)) == 0) {
        return false;
      }
      words[bit >> 6] &= ~(1L << bit);
      count--;
      return true;
    }

    /** Returns the lowest bit that is set and not below {@code from}, or -1. */
    int next(int from) {
      if (words == null) {
        return from;
      }
      long word = words[from >> 6] & (-1L << from);
      for (int i = from >> 6; ; word = words[i]) {
        if (word != 0) {
          return (i << 6) + Long.numberOfTrailingZeros(word);
        }
        if (++i == words.length) {
          return -1;
        }
      }
    }

    int countBelow(int limit) {
      if (words == null || limit == PAGE_SIZE) {
        return words == null ? limit : count;
      }
      int below = 0;
      for (int bit = next(0); bit >= 0 && bit < limit; bit = bit + 1 < limit ? next(bit + 1) : -1) {
        below++;
      }
      return below;
    }
  }
}
