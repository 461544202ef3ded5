package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Units;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.LatencySummary;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/** What a run broke besides its invariants: thresholds, and what it should have reached. */
final class Judgement {
  private final Scenario scenario;
  private final long endMillis;
  private final List<Violation> violations = new ArrayList<>();

  Judgement(Scenario scenario, long endMillis) {
    this.scenario = scenario;
    this.endMillis = endMillis;
  }

  void invariants(List<Violation> found) {
    violations.addAll(found);
  }

  /** Somebody ended the run: that not everything got done is no fault of it. */
  void forgiveUnfinished() {
    violations.removeIf(violation -> violation.invariant().equals("progress"));
  }

  /** The same for what is told of each invariant. */
  static InvariantResult forgiven(InvariantResult each) {
    return each.name().equals("progress") && each.verdict() == Verdict.FAILED
        ? new InvariantResult(
            each.name(), each.facts(), Verdict.NOT_APPLIED, "the run was interrupted")
        : each;
  }

  void add(String name, String message) {
    violations.add(new Violation(name, message, endMillis, List.of()));
  }

  void thresholds(LatencySummary service, LatencySummary response, long maxLag) {
    for (Threshold threshold : scenario.expect().thresholds()) {
      long limit = threshold.limit();
      String name = "threshold:" + threshold.name();
      switch (threshold.metric()) {
        case SERVICE_TIME -> time(name, statistic(threshold, service), limit, service.count());
        case RESPONSE_TIME -> time(name, statistic(threshold, response), limit, response.count());
        case MAX_LAG -> {
          if (maxLag >= limit) {
            add(name, "max_lag was " + maxLag + " records, which is not less than " + limit);
          }
        }
      }
    }
  }

  private void time(String name, long micros, long limitNanos, long count) {
    if (count == 0) {
      add("vacuous:" + name, name + " had nothing to measure");
    } else if (micros * 1_000 >= limitNanos) {
      add(
          name,
          name.substring(name.indexOf(':') + 1)
              + " was "
              + micros / 1_000.0
              + " ms, which is not less than "
              + Units.format(java.time.Duration.ofNanos(limitNanos)));
    }
  }

  private static long statistic(Threshold threshold, LatencySummary summary) {
    return switch (threshold.statistic()) {
      case P50 -> summary.p50();
      case P90 -> summary.p90();
      case P99 -> summary.p99();
      case P999 -> summary.p999();
      case MAX -> summary.max();
    };
  }

  void coverage(
      List<FaultResult> faults, List<InvariantResult> invariants, SortedMap<String, Long> marks) {
    for (Fault fault : scenario.faults()) {
      faults.stream()
          .filter(each -> each.name().equals(fault.name()) && each.applied() && each.fired() == 0)
          .filter(unfired -> !fault.mayNotFire())
          .forEach(
              unfired ->
                  add(
                      "unfired:" + fault.name(),
                      "the fault "
                          + fault.name()
                          + " never fired"
                          + (unfired.note() == null ? "" : ": " + unfired.note())));
    }
    for (InvariantResult invariant : invariants) {
      if (invariant.verdict() == Verdict.VACUOUS) {
        add(
            "vacuous:" + invariant.name(),
            "the invariant " + invariant.name() + " saw nothing that it could have judged");
      }
    }
    for (Mark mark : scenario.expect().reached()) {
      long hits = marks.getOrDefault(mark.name(), 0L);
      if (hits < mark.atLeast()) {
        add(
            "vacuous:" + mark.name(),
            "the mark "
                + mark.name()
                + " was "
                + Times.of("reached", hits)
                + (mark.atLeast() == 1 ? "" : ", not " + Times.of(mark.atLeast())));
      }
    }
  }

  /** Ordered by time; what happened at the same time stays as the file lists it. */
  List<Violation> violations() {
    List<Violation> ordered = new ArrayList<>(violations);
    ordered.sort(Comparator.comparingLong(Violation::atMillis));
    return ordered;
  }
}
