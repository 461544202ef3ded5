package io.heddle.scenarios.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A record of recorded traffic, to be sent again.
 *
 * @param gap the time since the record before it; of the first one, since the workload's start
 * @param key of the record
 * @param size of its value, in bytes
 */
public record Recorded(Duration gap, String key, int size) {
  /** The most records that a workload replays. */
  public static final int MOST = 10_000;

  /** The longest key, in characters. */
  public static final int LONGEST_KEY = 128;

  /** The largest value, in bytes: what a producer sends at its own defaults, with its key. */
  public static final int LARGEST = 1_000_000;

  private static final Duration LONGEST_GAP = Duration.ofDays(1);

  /** Refuses a gap, a key or a size that cannot be sent, or not be told apart afterwards. */
  public Recorded {
    Require.notNegative("gap", gap);
    Require.that(
        gap.compareTo(LONGEST_GAP) <= 0, "gap must be at most 24h, was " + Units.format(gap));
    Require.that(
        !key.isEmpty() && key.length() <= LONGEST_KEY,
        "key must have 1 to " + LONGEST_KEY + " characters, has " + key.length());
    // A record's value names its key between bars.
    Require.that(key.indexOf('|') < 0, "key must not have the character '|'");
    Require.that(
        key.codePoints().noneMatch(Character::isISOControl)
            && StandardCharsets.UTF_8.newEncoder().canEncode(key),
        "key must be text, but has a control character or half of a character");
    Require.between("size", size, 0, LARGEST);
  }
}
