package io.heddle.cli;

import io.heddle.cli.ExploreSummary.FailedSeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The result of an exploration as text. */
final class ExploreReport {
  private final ExploreSummary summary;
  private final Style style;

  ExploreReport(ExploreSummary summary, Style style) {
    this.summary = summary;
    this.style = style;
  }

  String text(Chosen chosen) {
    Page page = new Page(style);
    verdict(page);
    failures(page);
    coverage(page);
    marks(page);
    if (!summary.failed().isEmpty()) {
      long seed = summary.failed().get(0).seed();
      page.gap().paragraph("replay: " + chosen.command(seed), 2);
    }
    return page.toString();
  }

  private void verdict(Page page) {
    String word = summary.verdict();
    List<String> parts = new ArrayList<>();
    parts.add(word + " " + summary.scenario() + " " + summary.explored());
    parts.add(Units.count(summary.passed()) + " passed");
    parts.add(Units.count(summary.failed().size()) + " failed");
    if (!summary.coverage().isEmpty()) {
      parts.add(Units.count(summary.coverage().size()) + " not covered");
    }
    if (summary.interrupted() && !word.equals("INTERRUPTED")) {
      parts.add("interrupted");
    }
    parts.add(Units.threeDigits(summary.seedsPerSecond()) + " seeds/s");
    page.paragraph(
        Page.dotted(parts.toArray(String[]::new)),
        2,
        word,
        switch (word) {
          case "PASSED" -> style::good;
          case "FAILED", "NOT DETERMINISTIC" -> style::bad;
          default -> style::doubtful;
        });
  }

  private void failures(Page page) {
    if (summary.failed().isEmpty()) {
      return;
    }
    Map<String, List<FailedSeed>> byInvariant =
        summary.failed().stream()
            .collect(
                Collectors.groupingBy(
                    FailedSeed::invariant, LinkedHashMap::new, Collectors.toList()));
    page.gap();
    Table table = new Table("lrrl").row("failures", "seeds", "first", "");
    byInvariant.forEach(
        (invariant, failed) ->
            table.paintedRow(
                style::bad,
                "  " + invariant,
                Units.count(failed.size()),
                Long.toString(failed.get(0).seed()),
                failed.get(0).message().replaceAll("\\s*\\R\\s*", " ")));
    table.printTo(page);
  }

  private void coverage(Page page) {
    if (summary.coverage().isEmpty()) {
      return;
    }
    page.gap();
    Table table = new Table("ll").row("not covered by any seed");
    summary
        .coverage()
        .forEach(missing -> table.paintedRow(style::bad, "  " + missing.name(), missing.message()));
    table.printTo(page);
  }

  private void marks(Page page) {
    if (summary.marks().isEmpty()) {
      return;
    }
    page.gap();
    Table table = new Table("lr").row("marks", "hits");
    summary
        .marks()
        .forEach(
            (name, hits) ->
                table.paintedRow(
                    hits > 0 ? text -> text : style::doubtful, "  " + name, Units.count(hits)));
    table.printTo(page);
  }
}
