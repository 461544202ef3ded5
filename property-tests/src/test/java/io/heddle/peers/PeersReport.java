package io.heddle.peers;

import io.heddle.peers.Trial.Failure;
import io.heddle.scenarios.model.Expect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a campaign has found.
 *
 * @param contenders in the order of the columns
 */
record PeersReport(List<Contender> contenders, List<Trial> trials) {
  /** The trials of the contender in which the invariant could be judged. */
  List<Trial> judging(Contender contender, String invariant) {
    return trials.stream()
        .filter(trial -> trial.contender() == contender && trial.judges(invariant))
        .toList();
  }

  Trial of(Contender contender, String scenario) {
    return trials.stream()
        .filter(trial -> trial.contender() == contender && trial.scenario().name().equals(scenario))
        .findFirst()
        .orElseThrow();
  }

  /** With how many seeds of a scenario most of its trials were made. */
  long seeds(Contender contender) {
    return trials.stream()
        .filter(trial -> trial.contender() == contender && trial.refusal().isEmpty())
        .mapToLong(Trial::seeds)
        .max()
        .orElse(0);
  }

  List<String> scenarios() {
    return trials.stream().map(trial -> trial.scenario().name()).distinct().sorted().toList();
  }

  /** What Heddle broke and was not meant to. */
  List<String> unexpected() {
    List<String> lines = new ArrayList<>();
    for (Trial trial : trials) {
      if (trial.contender().isHeddle()) {
        trial.failures().stream()
            .filter(each -> !trial.isMeant(each.violation().invariant()))
            .forEach(each -> lines.add(line(trial, each)));
      }
    }
    return lines;
  }

  List<String> text() {
    List<String> lines = new ArrayList<>();
    for (Trial trial : trials) {
      trial.refusal().ifPresent(why -> lines.add(head(trial) + ": not run, " + why));
      trial.failures().forEach(each -> lines.add(line(trial, each)));
      if (trials.size() == 1) {
        trial.failures().forEach(each -> lines.addAll(each.violation().timeline()));
      }
    }
    for (String invariant : Expect.INVARIANTS) {
      lines.add(
          contenders.stream()
              .map(each -> each.label() + " " + cell(each, invariant))
              .collect(Collectors.joining("; ", invariant + ": ", "")));
    }
    return lines;
  }

  /** In how many of the scenarios that ask for it the invariant held with every seed. */
  String cell(Contender contender, String invariant) {
    List<Trial> judging = judging(contender, invariant);
    long broken = judging.stream().filter(trial -> isBroken(trial, invariant)).count();
    if (judging.isEmpty()) {
      return "n/a";
    }
    return broken == 0
        ? "holds in " + judging.size()
        : "**broken in " + broken + "** of " + judging.size();
  }

  private static boolean isBroken(Trial trial, String invariant) {
    return !trial.isMeant(invariant) && !trial.seedsOf(invariant).isEmpty();
  }

  private static String line(Trial trial, Failure failure) {
    return head(trial)
        + " seed "
        + failure.seed()
        + ": "
        + failure.violation().invariant()
        + " at "
        + failure.violation().atMillis()
        + " ms: "
        + failure.violation().message();
  }

  private static String head(Trial trial) {
    return trial.contender().label() + " " + trial.scenario().name();
  }

  List<Map<String, Object>> figures() {
    List<Map<String, Object>> figures = new ArrayList<>();
    for (Trial trial : trials) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("contender", trial.contender().label());
      each.put("scenario", trial.scenario().name());
      each.put("seeds", trial.refusal().isPresent() ? 0 : trial.seeds());
      Map<String, Object> broken = new LinkedHashMap<>();
      trial.broken().forEach((name, seeds) -> broken.put(name, List.copyOf(seeds)));
      each.put("broken", broken);
      trial.refusal().ifPresent(why -> each.put("notRun", why));
      figures.add(each);
    }
    return figures;
  }

  /** What a contender broke, in any scenario. */
  Set<String> brokenBy(Contender contender) {
    return trials.stream()
        .filter(trial -> trial.contender() == contender)
        .flatMap(trial -> trial.broken().keySet().stream().filter(name -> !trial.isMeant(name)))
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }
}
