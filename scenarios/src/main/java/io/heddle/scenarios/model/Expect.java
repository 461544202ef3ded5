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

  /** What the engine promises the application that it calls; it is always watched. */
  public static final List<String> PROMISES =
      List.of(
          "after-revoked",
          "attempts",
          "batch-callback",
          "batch-errors",
          "batch-limits",
          "dead-letters",
          "event-type",
          "in-flight",
          "interjection-future",
          "interjection-interval",
          "read-committed",
          "taken-back");

  /** All invariants there are. */
  public static final List<String> INVARIANTS =
      List.of(
          "key-order",
          "key-exclusive",
          "commit-prefix",
          "owner-commit",
          "committed-once",
          "at-least-once",
          "exactly-once",
          "outputs",
          "store",
          "progress");

  /** Everything holds that can be asked of an application without outputs and without a store. */
  public static final Expect DEFAULT = usual(Engine.DEFAULT);

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

  /** The same, with other marks to reach. */
  public Expect withReached(List<Mark> marks) {
    return new Expect(outcome, invariants, thresholds, marks);
  }

  /** Everything holds that can be asked of this application. */
  public static Expect usual(Engine engine) {
    List<String> all =
        INVARIANTS.stream().filter(name -> isOptional(name) ? isOf(name, engine) : true).toList();
    return new Expect(PASSED, all, List.of(), List.of());
  }

  /** The same of this application: of its outputs and its store exactly if it has them. */
  public Expect fitting(Engine engine) {
    List<String> fitting =
        INVARIANTS.stream()
            .filter(name -> isOptional(name) ? isOf(name, engine) : invariants.contains(name))
            .toList();
    boolean fits =
        INVARIANTS.stream()
            .filter(Expect::isOptional)
            .allMatch(name -> isOf(name, engine) == invariants.contains(name));
    return fits ? this : new Expect(outcome, fitting, thresholds, reached);
  }

  private static boolean isOptional(String invariant) {
    return invariant.equals("exactly-once")
        || invariant.equals("outputs")
        || invariant.equals("store");
  }

  /** Whether the application has what the invariant is about. */
  static boolean isOf(String invariant, Engine engine) {
    return switch (invariant) {
      case "exactly-once" -> engine.exactlyOnce().isPresent();
      case "outputs" -> engine.work().outputs().isPresent();
      case "store" -> engine.store().isPresent();
      default -> true;
    };
  }
}
