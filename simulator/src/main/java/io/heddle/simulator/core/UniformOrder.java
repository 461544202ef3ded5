package io.heddle.simulator.core;

import io.heddle.simulator.choice.Choices;

/** {@link Schedule.Uniform}. */
final class UniformOrder implements Order {
  private final Choices.Stream ranks;

  UniformOrder(Choices choices) {
    this.ranks = choices.stream("schedule");
  }

  @Override
  public long rank(Actor actor, long atOnce) {
    return ranks.below(RANKS);
  }

  @Override
  public Choices.Stream pace(Actor actor, Choices.Stream otherwise) {
    return otherwise;
  }

  @Override
  public boolean happened(Actor actor, boolean others) {
    return false;
  }
}
