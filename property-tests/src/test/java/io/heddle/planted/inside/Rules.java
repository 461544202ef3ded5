package io.heddle.planted.inside;

import io.heddle.scenarios.result.RunResult.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What an application saw that must not be, besides what checkers see. Not thread-safe. */
final class Rules {
  private static final int ENOUGH = 20;

  private final LongSupplier nanoTime;
  private final List<Violation> broken = new ArrayList<>();

  Rules(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void check(boolean holds, String rule, String message) {
    if (!holds && broken.size() < ENOUGH) {
      broken.add(new Violation(rule, message, nanoTime.getAsLong() / 1_000_000, List.of()));
    }
  }

  List<Violation> broken() {
    return broken;
  }
}
