package io.heddle.scenarios.model;

/**
 * The seeds of a campaign: {@code from}, {@code from + 1}, and so on.
 *
 * @param count how many seeds; 1 for a single run
 */
public record SeedRange(long from, long count) {
  /** Seed 1 and no other. */
  public static final SeedRange DEFAULT = new SeedRange(1, 1);

  /** Refuses a negative seed and an empty range. */
  public SeedRange {
    Require.between("from", from, 0, Long.MAX_VALUE);
    Require.between("count", count, 1, 1_000_000_000);
    Require.that(
        from <= Long.MAX_VALUE - count,
        "from must leave room for " + count + " seeds, was " + from);
  }

  /** One seed only. */
  public static SeedRange of(long seed) {
    return new SeedRange(seed, 1);
  }
}
