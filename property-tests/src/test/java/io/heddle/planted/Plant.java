package io.heddle.planted;

import java.util.List;

/**
 * A mistake, as edits of the sources that it is made in.
 *
 * @param name of its file, in words and dashes
 * @param mistake what the broken version does, in one sentence
 * @param origins where it has been made before, or that it is of our own making
 * @param trial what the broken version is put to
 * @param breaks the invariant that has to show it
 * @param seeds by which seed of the trial, from 1 on, it has to have shown
 */
record Plant(
    String name,
    String mistake,
    List<Origin> origins,
    String trial,
    String breaks,
    long seeds,
    List<Edit> edits) {
  Plant {
    origins = List.copyOf(origins);
    edits = List.copyOf(edits);
  }

  /** Whether it stands for a hazard or a bug that somebody else had. */
  boolean isKnown() {
    return origins.stream().anyMatch(origin -> origin.catalogue() != Catalogue.OWN);
  }

  /** Where a mistake was found. */
  enum Catalogue {
    /** A named hazard of aws/go-kafka-event-source: {@code gkes D1}. */
    GKES,
    /** One of the bugs that the peers' trackers tell of: {@code peers 7}. */
    PEERS,
    /** An example of the document that the engine follows: {@code seed 1}. */
    SEED,
    /** Nowhere but here. */
    OWN
  }

  /** A place in a catalogue; empty where the mistake is our own. */
  record Origin(Catalogue catalogue, String place) {}

  /**
   * One replacement.
   *
   * @param file below the root of all modules
   * @param old what has to be there exactly once, whatever blanks and line breaks there are in it
   */
  record Edit(String file, String old, String replacement) {}
}
