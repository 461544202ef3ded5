package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what one checker finds. */
final class Findings {
  private static final int KEPT = 20;

  private final String name;
  private final List<Violation> kept = new ArrayList<>();
  private final SortedMap<String, Long> excused = new TreeMap<>();
  private long facts;
  private long violated;

  Findings(Invariant invariant) {
    this.name = invariant.label();
  }

  Findings(Anomaly anomaly) {
    this.name = anomaly.label();
  }

  String name() {
    return name;
  }

  void judged() {
    facts++;
  }

  void judged(long more) {
    facts += more;
  }

  void forgetJudged() {
    facts = 0;
  }

  void excused(String reason) {
    excused.merge(reason, 1L, Long::sum);
  }

  void violated(String message, Fact breach, List<Fact> timeline) {
    violated++;
    if (kept.size() < KEPT) {
      kept.add(new Violation(name(), message, breach.atNanos(), timeline));
    }
  }

  CheckReport report() {
    return new CheckReport(name(), facts, violated, kept, excused);
  }

  /**
   * Puts facts in the order of time, leaving out what is absent or repeated. Facts of the same
   * instant stay in the given order, so callers name cause before effect.
   */
  static List<Fact> timeline(@Nullable Fact... facts) {
    List<Fact> inOrder = new ArrayList<>();
    for (Fact fact : facts) {
      if (fact != null && !inOrder.contains(fact)) {
        inOrder.add(fact);
      }
    }
    inOrder.sort(Comparator.comparingLong(Fact::atNanos));
    return inOrder;
  }
}
