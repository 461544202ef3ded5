package io.heddle.peers;

import io.heddle.scenarios.model.Expect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code docs/PEERS.md}, as a campaign has found it. */
final class PeersDocument {
  static final String COMMAND = "property-tests/campaign peers --document docs/PEERS.md";

  private static final String HEAD =
      """
      # The same scenarios on other consumers

      The scenarios that come with Heddle, run on Heddle's engine and on consumers in its place, judged by
      the same checkers. Written by

      ```sh
      %s
      ```

      | contender | what it is | time | seeds each |
      | --- | --- | --- | ---: |
      """;

  private static final String HOW =
      """

      Only invariants are judged here: no thresholds, and no marks of what Heddle's engine has to have come
      by. Others have no stores and no interjections, so these are left out for them. Slow is no fault: who runs
      in real time has half a minute more to finish, and `poll-loop` ten minutes, as it works on one record at
      a time where the scenarios think of many. It polls 20 records at once unless the scenario says something
      else, so that no batch takes longer than a transaction or the time between two polls may. Seeds of `swarm`
      that draw what a contender does not do are passed over.

      In virtual time a seed is one history: `property-tests/campaign peers --only poll-loop --scenario
      zombie --seed 3` has it again. In real time faults and load follow the seed, but who comes first is up
      to the machine: of a failure another run of the seed may show nothing, or something else, and how often
      one comes says nothing of how often it would elsewhere. A pause holds the member's calls of Kafka and its
      work, not every thread of it, and a clock that is set wrong is not seen by Parallel Consumer.
      `--traces DIRECTORY` writes what happened in each run that fails.

      ## By invariant

      In how many scenarios that ask for it an invariant held with every seed.

      """;

  private final PeersReport report;

  PeersDocument(PeersReport report) {
    this.report = report;
  }

  String text() {
    StringBuilder text = new StringBuilder(HEAD.formatted(COMMAND));
    for (Contender each : report.contenders()) {
      text.append(
          "| `%s` | %s | %s | %d |\n"
              .formatted(
                  each.label(),
                  each.description(),
                  each.inRealTime() ? "real" : "virtual",
                  report.seeds(each)));
    }
    text.append(HOW);
    header(text, "invariant");
    for (String invariant : Expect.INVARIANTS) {
      text.append("| `").append(invariant).append("` |");
      report.contenders().forEach(each -> cell(text, report.cell(each, invariant)));
      text.append('\n');
    }
    text.append("\n## By scenario\n\nWhat was broken, with the first seed that did so.\n\n");
    header(text, "scenario");
    for (String scenario : report.scenarios()) {
      text.append("| `").append(scenario).append("` |");
      report.contenders().forEach(each -> cell(text, outcome(report.of(each, scenario))));
      text.append('\n');
    }
    text.append("\n## What the failures are\n");
    report.contenders().forEach(each -> causes(text, each));
    return text.toString();
  }

  private void header(StringBuilder text, String first) {
    text.append("| ").append(first).append(" |");
    report.contenders().forEach(each -> cell(text, each.label()));
    text.append("\n|").append(" --- |".repeat(1 + report.contenders().size())).append('\n');
  }

  private static void cell(StringBuilder text, String content) {
    text.append(' ').append(content).append(" |");
  }

  /** What became of a trial, for a cell. */
  static String outcome(Trial trial) {
    if (trial.refusal().isPresent()) {
      return "not run: " + trial.refusal().get();
    }
    Map<String, Set<Long>> broken = trial.broken();
    if (broken.isEmpty()) {
      return "holds";
    }
    return broken.entrySet().stream()
        .map(
            each ->
                trial.isMeant(each.getKey())
                    ? each.getKey() + ", as it is meant to"
                    : "**"
                        + each.getKey()
                        + "** (seed "
                        + new TreeSet<>(each.getValue()).first()
                        + ")")
        .collect(Collectors.joining(", "));
  }

  private void causes(StringBuilder text, Contender contender) {
    Map<String, String> causes = new TreeMap<>();
    for (String invariant : report.brokenBy(contender)) {
      causes.put(
          invariant,
          Optional.ofNullable(Causes.of(contender).get(invariant)).orElse(Causes.UNKNOWN));
    }
    if (causes.isEmpty()) {
      return;
    }
    text.append("\n### ").append(contender.label()).append("\n\n");
    causes.forEach(
        (invariant, cause) ->
            text.append("- **").append(invariant).append("**: ").append(cause).append('\n'));
  }

  /** The rows of the table by scenario: its name, and a cell for each contender. */
  static Map<String, List<String>> rows(String document) {
    Map<String, List<String>> rows = new TreeMap<>();
    document
        .substring(document.indexOf("## By scenario"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .forEach(
            line -> {
              List<String> cells = List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
              rows.put(cells.get(0).replace("`", ""), cells.subList(1, cells.size()));
            });
    return rows;
  }
}
