package io.heddle.simulator.choice;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The decisions of a run, stream by stream, in the order in which they were drawn.
 *
 * @param streams by the stream's name
 */
public record Recording(SortedMap<String, Draws> streams) {
  /** Copies the map. */
  public Recording {
    streams = new TreeMap<>(streams);
  }

  /** How many decisions there are in all. */
  public long size() {
    return streams.values().stream().mapToLong(Draws::size).sum();
  }

  /** The same recording with one stream's decisions replaced. */
  public Recording with(String stream, Draws draws) {
    Map<String, Draws> edited = new TreeMap<>(streams);
    edited.put(stream, draws);
    return new Recording(new TreeMap<>(edited));
  }

  /** The decisions of one stream: what was drawn, below which bound. Compared by content. */
  public static final class Draws {
    private long[] values;
    private long[] bounds;
    private int size;

    /** No decisions yet. */
    public Draws() {
      this.values = new long[16];
      this.bounds = new long[16];
    }

    /** Adds a decision. */
    public void add(long value, long bound) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
        bounds = Arrays.copyOf(bounds, size * 2);
      }
      values[size] = value;
      bounds[size] = bound;
      size++;
    }

    /** How many decisions there are. */
    public int size() {
      return size;
    }

    /** The decision of that index. */
    public long value(int index) {
      return values[checked(index)];
    }

    /** The bound below which the decision of that index was drawn. */
    public long bound(int index) {
      return bounds[checked(index)];
    }

    private int checked(int index) {
      return java.util.Objects.checkIndex(index, size);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Draws that
          && Arrays.equals(values, 0, size, that.values, 0, that.size)
          && Arrays.equals(bounds, 0, size, that.bounds, 0, that.size);
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (int i = 0; i < size; i++) {
        hash = 31 * hash + Long.hashCode(values[i]);
      }
      return hash;
    }
  }
}
