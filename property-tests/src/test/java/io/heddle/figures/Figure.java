package io.heddle.figures;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the simulator is measured at. */
enum Figure {
  /** How long a unit test waits for its cluster. */
  START("a cluster and its topic begin and end, warm", "ms", "at most 5") {
    @Override
    double round(boolean toy) throws Exception {
      return Rounds.start(toy ? 20 : 500);
    }
  },
  /** Produce, fetch and commit. */
  RECORDS("simulated produce, fetch, commit", "records/s", "at least 1,000,000") {
    @Override
    double round(boolean toy) throws Exception {
      return Rounds.records(toy ? 5_000 : 500_000, false);
    }
  },
  /** The same with everything checked. */
  CHECKED("the same with all checkers", "records/s", "at least 300,000") {
    @Override
    double round(boolean toy) throws Exception {
      return Rounds.records(toy ? 5_000 : 300_000, true);
    }
  },
  /** How fast the turn goes from one simulated thread to another. */
  HANDOVERS(
      "two simulated threads take turns", "hand-overs/s", "at least 30,000, on JDK 25 400,000") {
    @Override
    double round(boolean toy) throws Exception {
      return Rounds.handovers(toy ? 200 : 50_000);
    }
  },
  /** What logs in memory weigh. */
  MEMORY("heap: 1,000 partitions, 1,000,000 records of 100 B", "MB", "at most 400") {
    @Override
    double round(boolean toy) throws Exception {
      return Rounds.memory(toy ? 10 : 1_000, toy ? 1_000 : 1_000_000);
    }
  };

  private final String description;
  private final String unit;
  private final String aim;

  Figure(String description, String unit, String aim) {
    this.description = description;
    this.unit = unit;
    this.aim = aim;
  }

  /**
   * Measures once.
   *
   * @param toy whether a hundredth will do
   * @throws IllegalStateException if what was simulated did not do what was measured
   */
  abstract double round(boolean toy) throws Exception;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> labels() {
    return Stream.of(values()).map(Figure::label).toList();
  }

  String description() {
    return description;
  }

  String unit() {
    return unit;
  }

  String aim() {
    return aim;
  }
}
