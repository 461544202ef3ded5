package io.heddle.scenarios.model;

import io.heddle.simulator.core.Schedule;

/**
 * What becomes of a seed.
 *
 * @param seeds which ones there are
 * @param schedule in which order happens what is due at the same time
 */
public record Chance(SeedRange seeds, Schedule schedule) {
  /** Seed 1, and every order as likely as any other. */
  public static final Chance DEFAULT = Chance.of(SeedRange.DEFAULT);

  /** These seeds by the usual schedule. */
  public static Chance of(SeedRange seeds) {
    return new Chance(seeds, Schedule.UNIFORM);
  }
}
