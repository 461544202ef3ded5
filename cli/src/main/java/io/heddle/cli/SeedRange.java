package io.heddle.cli;

/** The seeds from the first to the last, both included. */
public record SeedRange(long first, long last) {
  /** Refuses a range without a seed in it, and one with more seeds than can be counted. */
  public SeedRange {
    if (last < first) {
      throw new IllegalArgumentException("the last seed comes before the first");
    }
    if (last - first < 0 || last - first == Long.MAX_VALUE) {
      throw new IllegalArgumentException("that is more seeds than can be counted");
    }
  }

  /** Reads {@code A..B}. */
  static SeedRange parse(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      throw new IllegalArgumentException("a range of seeds is written A..B");
    }
    return new SeedRange(seed(text.substring(0, dots)), seed(text.substring(dots + 2)));
  }

  /** How many seeds it holds. */
  public long count() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first + ".." + last;
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a range of seeds is written A..B, in whole numbers", e);
    }
  }
}
