package io.heddle.simulator.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something about offsets, in pages of arrays: made for runs of neighbours that come and go, at
 * home with wide gaps.
 */
final class OffsetMap<V> {
  private static final int PAGE_SHIFT = 7;
  private static final int PAGE_SIZE = 1 << PAGE_SHIFT;

  private static final int NEAR = 16;

  private final TreeMap<Long, Page<V>> pages = new TreeMap<>();

  // Pages used lately: what is started and what ends runs on in two places. An empty page is given
  // up when another takes its place here, so that one which fills and empties is not made anew.
  @SuppressWarnings("unchecked")
  private final @Nullable Page<V>[] near = (Page<V>[]) new Page<?>[NEAR];

  @Nullable V get(long offset) {
    Page<V> page = page(offset);
    return page == null ? null : page.values[place(offset)];
  }

  /** Returns what was said of the offset before, or null. */
  @Nullable V put(long offset, V value) {
    Page<V> page = page(offset);
    if (page == null) {
      page = new Page<>(offset >> PAGE_SHIFT);
      pages.put(page.index, page);
      show(page);
    }
    return page.set(place(offset), value);
  }

  /** Returns what was said of the offset until now, or null. */
  @Nullable V remove(long offset) {
    Page<V> page = page(offset);
    return page == null ? null : page.set(place(offset), null);
  }

  /** Forgets the offset and all above it. */
  void removeFrom(long offset) {
    long index = offset >> PAGE_SHIFT;
    for (Page<V> page : pages.tailMap(index, true).values()) {
      for (int place = page.index == index ? place(offset) : 0; place < PAGE_SIZE; place++) {
        V unused = page.set(place, null);
      }
    }
    pages.values().removeIf(page -> page.used == 0);
    Arrays.fill(near, null);
  }

  /** Returns all that is said, in the order of the offsets. */
  List<V> values() {
    List<V> values = new ArrayList<>();
    for (Page<V> page : pages.values()) {
      for (V value : page.values) {
        if (value != null) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private @Nullable Page<V> page(long offset) {
    long index = offset >> PAGE_SHIFT;
    Page<V> page = near[(int) index & (NEAR - 1)];
    if (page == null || page.index != index) {
      page = pages.get(index);
      if (page != null) {
        show(page);
      }
    }
    return page;
  }

  private void show(Page<V> page) {
    int place = (int) page.index & (NEAR - 1);
    Page<V> before = near[place];
    if (before != null && before.used == 0) {
      pages.remove(before.index);
    }
    near[place] = page;
  }

  private static int place(long offset) {
    return (int) (offset & (PAGE_SIZE - 1));
  }

  private static final class Page<V> {
    final long index;

    @SuppressWarnings("unchecked")
    final @Nullable V[] values = (V[]) new Object[PAGE_SIZE];

    int used;

    Page(long index) {
      this.index = index;
    }

    @Nullable V set(int place, @Nullable V value) {
      V before = values[place];
      values[place] = value;
      used += (value == null ? 0 : 1) - (before == null ? 0 : 1);
      return before;
    }
  }
}
