package io.heddle.planted;

import java.util.Collection;
import java.util.List;

/** The middle of figures. */
final class Medians {
  private Medians() {}

  /** The mean of the two in the middle if there is no middle; zero of none. */
  static double of(Collection<? extends Number> figures) {
    List<Double> sorted = figures.stream().map(Number::doubleValue).sorted().toList();
    int half = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return 0;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
