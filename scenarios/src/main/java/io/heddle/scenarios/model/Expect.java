package io.heddle.scenarios.model;

import java.util.List;

/**
 * What has to hold.
 *
 * @param outcome {@link #PASSED}, or the first violation that a run is meant to show: the name of
 *     an invariant, or {@code threshold:}, {@code unfired:} or {@code vacuous:} with what it is
 *     about
 * @param invariants in the order in which violations of the same moment are reported
 * @param reached coverage marks
 */
public record Expect(
    String outcome, List<String> invariants, List<Threshold> thresholds, List<Mark> reached) {
  /** The outcome of a run in which nothing was violated. */
  public static final String PASSED = "passed";

  /** All invariants there are. */
  public static final List<String> INVARIANTS =
      List.of(
          "key-order",
          "key-exclusive",
          "commit-prefix",
          "owner-commit",
          "at-least-once",
          "progress");

  /** Everything holds. */
  public static final Expect DEFAULT = new Expect(PASSED, INVARIANTS, List.of(), List.of());

  /** Copies the lists; refuses unknown invariants, none at all, and anything asked twice. */
  public Expect {
    invariants = List.copyOf(invariants);
    thresholds = List.copyOf(thresholds);
    reached = List.copyOf(reached);
    Require.that(!invariants.isEmpty(), "invariants must name at least one, but is empty");
    for (String invariant : invariants) {
      Require.that(
          INVARIANTS.contains(invariant),
          "invariants must be among " + String.join(", ", INVARIANTS) + ", was " + invariant);
    }
    Require.distinct("invariants", invariants);
    Require.distinct("thresholds", thresholds.stream().map(Threshold::name).toList());
    Require.distinct("reached", reached.stream().map(Mark::name).toList());
  }
}
