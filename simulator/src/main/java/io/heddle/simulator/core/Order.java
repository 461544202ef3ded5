package io.heddle.simulator.core;

import io.heddle.simulator.choice.Choices;

/** Ranks what is on the timeline. Of what is due at the same time the lower rank goes first. */
sealed interface Order permits UniformOrder, PctOrder {
  /** How many ranks can be drawn. */
  long RANKS = 1L << 20;

  /** The order of a schedule. */
  static Order of(Schedule schedule, Choices choices) {
    return schedule instanceof Schedule.Pct pct
        ? new PctOrder(pct, choices)
        : new UniformOrder(choices);
  }

  /**
   * The rank of something that is put on the timeline.
   *
   * @param atOnce how much has happened already without any time passing
   */
  long rank(Actor actor, long atOnce);

  /** Where it is drawn how long something takes that this actor does. */
  Choices.Stream pace(Actor actor, Choices.Stream otherwise);

  /**
   * Something has happened.
   *
   * @param others whether something else was due as well
   * @return whether its actor has another rank now, which counts for all that it has on the
   *     timeline
   */
  boolean happened(Actor actor, boolean others);
}
