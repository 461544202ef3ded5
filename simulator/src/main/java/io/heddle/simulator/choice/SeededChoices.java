package io.heddle.simulator.choice;

import java.util.HashMap;
import java.util.Map;

/** Draws from generators that depend on the seed and the stream's name, and on nothing else. */
public final class SeededChoices implements Choices {
  private final long seed;
  private final Map<String, Stream> streams = new HashMap<>();

  /** Choices of this seed; every seed is legal. */
  public SeededChoices(long seed) {
    this.seed = seed;
  }

  @Override
  public Stream stream(String purpose) {
    return streams.computeIfAbsent(
        purpose, name -> new SplitMix(SplitMix.mix(seed) ^ SplitMix.hash(name)));
  }
}
