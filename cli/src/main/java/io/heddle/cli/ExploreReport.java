package io.heddle.cli;

import io.heddle.cli.ExploreSummary.FailedSeed;
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

  String text(String nameOrFile, SeedRange seeds) {
    Page page = new Page();
    verdict(page, seeds);
    failures(page);
    marks(page);
    if (!summary.failed().isEmpty()) {
      long seed = summary.failed().get(0).seed();
      page.gap().paragraph("replay: heddle run " + Shell.quoted(nameOrFile) + " --seed " + seed, 2);
    }
    return page.toString();
  }

  private void verdict(Page page, SeedRange seeds) {
    boolean passed = summary.failed().isEmpty();
    String word = passed ? "PASSED" : "FAILED";
    String line =
        Page.dotted(
            word + " " + summary.scenario() + " seeds " + seeds,
            Units.count(summary.passed()) + " passed",
            Units.count(summary.failed().size()) + " failed",
            Units.threeDigits(summary.seedsPerSecond()) + " seeds/s");
    page.paragraph(line, 2, word, passed ? style::good : style::bad);
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
