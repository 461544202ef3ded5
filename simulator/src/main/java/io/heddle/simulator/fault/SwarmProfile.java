package io.heddle.simulator.fault;

import io.heddle.simulator.choice.Choices;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which kinds of faults a run has, and how much of each: faults mask each other, so that runs which
 * lack whole kinds find more. Drawn from the seed, each kind by itself, so that another kind more
 * or less changes nothing for the rest. Not thread-safe.
 */
public final class SwarmProfile {
  private static final double[] WEIGHTS = {0.25, 0.5, 1, 2};

  private final Function<String, Choices.Stream> streams;
  private final TreeMap<String, Double> weights = new TreeMap<>();

  private SwarmProfile(Function<String, Choices.Stream> streams) {
    this.streams = streams;
  }

  /** A profile that is drawn as it is asked for; {@code streams} makes a stream of a purpose. */
  public static SwarmProfile draw(Function<String, Choices.Stream> streams) {
    return new SwarmProfile(streams);
  }

  /** How much of this kind of fault there is: 0 for none, 1 for as much as was planned. */
  public double weight(String kind) {
    Double known = weights.get(kind);
    if (known != null) {
      return known;
    }
    Choices.Stream stream = streams.apply("swarm." + kind);
    boolean absent = stream.below(2) == 0;
    double weight = absent ? 0 : WEIGHTS[(int) stream.below(WEIGHTS.length)];
    weights.put(kind, weight);
    return weight;
  }

  /** Whether there are faults of this kind. */
  public boolean has(String kind) {
    return weight(kind) > 0;
  }

  /** The kinds that were asked for, with their weights. */
  @Override
  public String toString() {
    return weights.toString();
  }
}
