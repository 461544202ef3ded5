package io.heddle.peers;

import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What became of one scenario on one contender.
 *
 * @param refusal why it was not run, if it was not
 * @param seeds how many were run
 */
record Trial(
    Contender contender,
    Scenario scenario,
    Optional<String> refusal,
    long seeds,
    List<Failure> failures) {
  /** A trial that has not been made. */
  static Trial of(Contender contender, Scenario scenario, long seeds) {
    return new Trial(contender, scenario, contender.refusal(scenario), seeds, List.of());
  }

  Trial withFailures(List<Failure> found) {
    return new Trial(contender, scenario, refusal, seeds, found);
  }

  /** One broken promise of one run. */
  record Failure(long seed, Violation violation) {}

  /** The seeds with which this was broken, in order. */
  Set<Long> seedsOf(String invariant) {
    return failures.stream()
        .filter(each -> each.violation().invariant().equals(invariant))
        .map(Failure::seed)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What was broken, with the seeds, by name. */
  TreeMap<String, Set<Long>> broken() {
    TreeMap<String, Set<Long>> broken = new TreeMap<>();
    failures.forEach(
        each ->
            broken
                .computeIfAbsent(each.violation().invariant(), name -> new TreeSet<>())
                .add(each.seed()));
    return broken;
  }

  /** Whether the invariant was asked for and could be asked of it. */
  boolean judges(String invariant) {
    return refusal.isEmpty()
        && scenario.expect().invariants().contains(invariant)
        && (contender.isHeddle() || !invariant.equals("store"));
  }

  /** Whether Heddle breaks it here because the scenario sets it up so. */
  boolean isMeant(String invariant) {
    String outcome = scenario.expect().outcome();
    return contender.isHeddle() && !outcome.equals(Expect.PASSED) && outcome.equals(invariant);
  }
}
