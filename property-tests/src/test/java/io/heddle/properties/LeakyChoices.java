package io.heddle.properties;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.security.SecureRandom;

/** Choices of a seed, but for one purpose, whose choices come from outside. */
final class LeakyChoices implements Choices {
  private final Choices seeded;
  private final String leak;
  private final SecureRandom outside = new SecureRandom();

  LeakyChoices(long seed, String leak) {
    this.seeded = new SeededChoices(seed);
    this.leak = leak;
  }

  @Override
  public Stream stream(String purpose) {
    return purpose.equals(leak)
        ? bound -> Math.floorMod(outside.nextLong(), bound)
        : seeded.stream(purpose);
  }
}
