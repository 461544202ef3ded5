package io.heddle.scenarios.model;

import java.time.Duration;

/** How a wall clock is wrong, from the moment at which it begins to be. */
public sealed interface Skew {
  /**
   * It is off by as much all the time.
   *
   * @param offset by how much it is ahead, or behind where that is negative
   */
  record Jump(Duration offset) implements Skew {
    /** Refuses a clock that is right. */
    public Jump {
      Require.positive(offset.isNegative() ? "behind" : "ahead", offset.abs());
    }
  }

  /**
   * It runs too fast or too slowly.
   *
   * @param perSecond how much it gains in every second, or loses where that is negative
   */
  record Drift(Duration perSecond) implements Skew {
    /** Refuses a clock that runs right, and one that would stand still or run backwards. */
    public Drift {
      String name = perSecond.isNegative() ? "loses" : "gains";
      Require.positive(name, perSecond.abs());
      Require.that(
          perSecond.abs().compareTo(Duration.ofSeconds(1)) < 0,
          name + " must be less than 1s in a second, was " + Units.format(perSecond.abs()));
    }
  }

  /**
   * It is ahead and behind by turns.
   *
   * @param by how far it is off at most
   * @param period from one time at which it is right, going ahead, to the next
   */
  record Swing(Duration by, Duration period) implements Skew {
    /** Refuses a clock that is right, and one that has no time to swing. */
    public Swing {
      Require.positive("swings", by);
      Require.positive("period", period);
    }
  }
}
