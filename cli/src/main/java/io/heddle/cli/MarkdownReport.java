package io.heddle.cli;

import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.LatencySummary;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import java.util.Objects;

/** Results as Markdown, for the page of a build or a bug report. */
final class MarkdownReport {
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  /**
   * A run.
   *
   * @param interrupted whether somebody ended it before its time
   */
  static String run(RunResult result, Chosen chosen, boolean interrupted) {
    return new MarkdownReport().ofRun(result, chosen, interrupted);
  }

  static String explore(ExploreSummary summary, Chosen chosen) {
    return new MarkdownReport().ofExploration(summary, chosen);
  }

  private String ofRun(RunResult result, Chosen chosen, boolean interrupted) {
    String held = interrupted ? "INTERRUPTED" : "PASSED";
    String word = result.verdict() == Verdict.PASSED ? held : "FAILED";
    line("## " + word + " " + result.scenario() + " seed " + result.seed());
    line("");
    line(
        Units.count(result.records(), "record")
            + ", "
            + Units.duration(result.virtualMillis())
            + " of scenario time in "
            + Units.duration(result.wallMillis())
            + ", on "
            + result.kafka());
    head("invariant", "verdict", "facts");
    for (InvariantResult each : result.invariants()) {
      row(each.name(), each.verdict().label(), Units.count(each.facts()));
    }
    if (!result.faults().isEmpty()) {
      head("fault", "fired", "note");
      for (FaultResult each : result.faults()) {
        String fired = each.applied() ? Units.count(each.fired()) : "not applied";
        row(each.name(), fired, Objects.requireNonNullElse(each.note(), ""));
      }
    }
    head("latency", "p50", "p90", "p99", "p99.9", "max");
    latency("service", result.service());
    latency("response", result.response());
    for (Violation violation : result.violations().stream().limit(1).toList()) {
      line("");
      line("**" + violation.invariant() + "**: " + cell(violation.message()));
      code(String.join("\n", violation.timeline()));
      code(chosen.command(result.seed()));
    }
    return text.toString();
  }

  private void latency(String name, LatencySummary latency) {
    row(
        name,
        Units.micros(latency.p50()),
        Units.micros(latency.p90()),
        Units.micros(latency.p99()),
        Units.micros(latency.p999()),
        Units.micros(latency.max()));
  }

  private String ofExploration(ExploreSummary summary, Chosen chosen) {
    line("## " + summary.verdict() + " " + summary.scenario() + " " + summary.explored());
    line("");
    line(
        Units.count(summary.passed())
            + " passed, "
            + Units.count(summary.failed().size())
            + " failed, "
            + Units.threeDigits(summary.seedsPerSecond())
            + " seeds/s");
    if (!summary.failed().isEmpty()) {
      head("seed", "violated", "message");
      summary
          .failed()
          .forEach(each -> row(Long.toString(each.seed()), each.invariant(), each.message()));
    }
    if (!summary.coverage().isEmpty()) {
      head("not covered by any seed", "");
      summary.coverage().forEach(each -> row(each.name(), each.message()));
    }
    if (!summary.marks().isEmpty()) {
      head("mark", "hits");
      summary.marks().forEach((name, hits) -> row(name, Units.count(hits)));
    }
    if (!summary.failed().isEmpty()) {
      long seed = summary.failed().get(0).seed();
      code(chosen.command(seed));
    }
    return text.toString();
  }

  private void head(String... names) {
    line("");
    row(names);
    line("|" + " --- |".repeat(names.length));
  }

  private void row(String... cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(cell(cell)).append(" |");
    }
    line("");
  }

  /** On one line, and without what Markdown would take for its own. */
  private static String cell(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("([|\\\\`*_<>\\[\\]])", "\\\\$1");
  }

  private void code(String code) {
    line("");
    line("```");
    line(code.replace("```", "'''"));
    line("```");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
