package io.heddle.simulator.core;

import io.heddle.simulator.choice.Choices;
import java.util.Arrays;

/** {@link Schedule.Pct}. */
final class PctOrder implements Order {
  /** Who goes on for so many steps while no time passes waits for somebody whom it keeps back. */
  private static final long PATIENCE = 10_000;

  /** Who goes late takes as long as one in a hundred, each time. */
  private static final double SLOW = 0.99;

  /**
   * Who falls takes as long as one in a million, for a few times: always would be no chance but a
   * fault, with which some time-out is never kept.
   */
  private static final double SLOWEST = 0.999999;

  private static final int STUMBLES = 10;

  private final Choices.Stream ranks;
  private final Choices.Stream fair;
  private final Change[] changes;
  private int changed;
  private long steps;

  /** After that step its actor gets that rank, the larger one behind the smaller. */
  private record Change(long step, long rank) {}

  PctOrder(Schedule.Pct pct, Choices choices) {
    this.ranks = choices.stream("schedule.actors");
    this.fair = choices.stream("schedule.fair");
    Choices.Stream points = choices.stream("schedule.changes");
    this.changes = new Change[pct.depth() - 1];
    for (int i = 0; i < changes.length; i++) {
      // The plainest choice is the last step.
      changes[i] = new Change(pct.steps() - points.below(pct.steps()), RANKS + pct.depth() - i);
    }
    Arrays.sort(changes, (one, other) -> Long.compare(one.step, other.step));
  }

  @Override
  public long rank(Actor actor, long atOnce) {
    long rank = ranked(actor);
    return atOnce < PATIENCE ? rank : fair.below(2 * RANKS);
  }

  private long ranked(Actor actor) {
    if (actor.rank() == Actor.NONE) {
      actor.rank(ranks.below(RANKS));
    }
    return actor.rank();
  }

  /** The earlier it goes, the less time it takes. */
  @Override
  public Choices.Stream pace(Actor actor, Choices.Stream otherwise) {
    double usual = SLOW * Math.min(ranked(actor), RANKS) / RANKS;
    return bound -> (long) ((actor.stumbles() ? SLOWEST : usual) * bound);
  }

  @Override
  public boolean happened(Actor actor, boolean others) {
    if (!others) {
      return false;
    }
    steps++;
    boolean falls = false;
    while (changed < changes.length && changes[changed].step <= steps) {
      actor.fall(changes[changed].rank, STUMBLES);
      changed++;
      falls = true;
    }
    return falls;
  }
}
