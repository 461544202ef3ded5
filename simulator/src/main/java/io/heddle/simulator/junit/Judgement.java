package io.heddle.simulator.junit;

import io.heddle.simulator.check.CheckReport;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.FactFormat;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.check.Violation;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges what observers told of a test's work. Whoever has an observer, and everybody else in the
 * same group, is judged; a consumer of another group, that of the test itself for example, is not.
 */
final class Judgement {
  private final List<CheckReport> reports;

  private Judgement(List<CheckReport> reports) {
    this.reports = reports;
  }

  /**
   * Judges these facts.
   *
   * @throws UnsupportedOperationException if observers belong to more than one group
   */
  static Judgement of(List<Fact> facts, List<Invariant> invariants) {
    Set<Member> observed = new LinkedHashSet<>();
    Map<Member, Set<String>> groups = new LinkedHashMap<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.Started started) {
        observed.add(started.member());
      } else if (fact instanceof Fact.Completed completed) {
        observed.add(completed.member());
      } else if (fact instanceof Fact.Committed committed) {
        groups
            .computeIfAbsent(committed.member(), member -> new TreeSet<>())
            .add(committed.group());
      }
    }
    if (observed.isEmpty()) {
      return new Judgement(List.of());
    }
    Set<String> judged = new TreeSet<>();
    observed.forEach(member -> judged.addAll(groups.getOrDefault(member, Set.of())));
    if (judged.size() > 1) {
      throw new UnsupportedOperationException(
          "observers in more than one group, "
              + String.join(" and ", judged)
              + ", are not modelled by @SimulatedKafkaTest: set invariants = {} and judge each"
              + " group by Checks of its own");
    }
    Checks checks = Checks.of(invariants);
    for (Fact fact : facts) {
      boolean concerned =
          memberOf(fact)
              .map(
                  member ->
                      observed.contains(member)
                          || !groups.containsKey(member)
                          || groups.getOrDefault(member, Set.of()).stream()
                              .anyMatch(judged::contains))
              .orElse(true);
      if (concerned) {
        checks.accept(fact);
      }
    }
    return new Judgement(checks.reports());
  }

  private static Optional<Member> memberOf(Fact fact) {
    if (fact instanceof Fact.Committed it) {
      return Optional.of(it.member());
    } else if (fact instanceof Fact.Assigned it) {
      return Optional.of(it.member());
    } else if (fact instanceof Fact.RevokeStarted it) {
      return Optional.of(it.member());
    } else if (fact instanceof Fact.Revoked it) {
      return Optional.of(it.member());
    } else if (fact instanceof Fact.Lost it) {
      return Optional.of(it.member());
    } else if (fact instanceof Fact.Regained it) {
      return Optional.of(it.member());
    } else if (fact instanceof Fact.Replaced it) {
      return Optional.of(it.member());
    } else if (fact instanceof Fact.Sought it) {
      return Optional.of(it.member());
    }
    return Optional.empty();
  }

  /** The names of the invariants of which there was nothing to judge. */
  List<String> vacuous() {
    return reports.stream().filter(CheckReport::vacuous).map(CheckReport::invariant).toList();
  }

  /** What was violated, with the shortest of the timelines that show it; empty if nothing was. */
  Optional<String> verdict() {
    List<CheckReport> broken = reports.stream().filter(report -> !report.holds()).toList();
    return broken.stream()
        .flatMap(report -> report.violations().stream())
        .min(Comparator.comparingInt(violation -> violation.timeline().size()))
        .map(shortest -> text(shortest, broken));
  }

  private static String text(Violation shortest, List<CheckReport> broken) {
    StringBuilder text = new StringBuilder();
    text.append(shortest.invariant()).append(": ").append(shortest.message());
    FactFormat.table(shortest.timeline()).forEach(line -> text.append('\n').append(line));
    text.append("\nviolations:");
    broken.forEach(
        report ->
            text.append(' ').append(report.invariant()).append('=').append(report.violated()));
    return text.toString();
  }
}
