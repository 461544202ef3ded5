package io.heddle.cli;

/** The seeds from the first to the last, both included. */
public record SeedRange(long first, long last) {
  /** So many seeds that no exploration comes to their end. */
  private static final long OPEN = 1_000_000_000_000_000L;

  /** Refuses a range without a seed in it, and one with more seeds than can be counted. */
  public SeedRange {
    if (last < first) {
      throw new IllegalArgumentException("the last seed comes before the first");
    }
    if (last - first < 0 || last - first == Long.MAX_VALUE) {
      throw new IllegalArgumentException("that is more seeds than can be counted");
    }
  }

  /** All seeds from this one on. */
  static SeedRange from(long first) {
    return new SeedRange(first, first > Long.MAX_VALUE - OPEN ? Long.MAX_VALUE : first + OPEN);
  }

  /** Reads {@code A..B}, or {@code A..} for all from A on. */
  static SeedRange parse(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      throw new IllegalArgumentException("a range of seeds is written A..B");
    }
    long first = seed(text.substring(0, dots));
    return dots + 2 == text.length()
        ? from(first)
        : new SeedRange(first, seed(text.substring(dots + 2)));
  }

  /** Whether it has no end that was asked for. */
  boolean isOpen() {
    return equals(from(first));
  }

  /** How many seeds it holds. */
  public long count() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return isOpen() ? first + ".." : first + ".." + last;
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a range of seeds is written A..B, in whole numbers", e);
    }
  }
}
