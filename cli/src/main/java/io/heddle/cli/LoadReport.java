package io.heddle.cli;

import io.heddle.scenarios.load.LoadMeasurements;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.LatencySummary;
import io.heddle.scenarios.result.Verdict;
import java.util.List;

/** The result of a run under load as text. */
final class LoadReport {
  /** How many partitions are listed. */
  private static final int MOST_PARTITIONS = 16;

  private final LoadResult result;
  private final Style style;

  LoadReport(LoadResult result, Style style) {
    this.result = result;
    this.style = style;
  }

  /**
   * The report.
   *
   * @param command what the user asked for
   */
  String text(String command) {
    Page page = new Page(style);
    RunResult run = result.run();
    RunReport report = new RunReport(run, style);
    verdict(page);
    phases(page);
    report.latency(page);
    stages(page);
    partitions(page);
    report.invariants(page);
    checks(page);
    report.faults(page);
    if (!run.violations().isEmpty()) {
      RunReport.violation(page, run.violations().get(0), style);
      report.otherViolations(page);
      page.gap().paragraph("replay: " + command, 2);
    }
    return page.toString();
  }

  /** The first word of a report. */
  static String word(LoadResult result) {
    if (result.run().verdict() == Verdict.FAILED) {
      return "FAILED";
    }
    return result.measurements().endedEarly() ? "INTERRUPTED" : "PASSED";
  }

  private void verdict(Page page) {
    RunResult run = result.run();
    LoadMeasurements measured = result.measurements();
    String word = word(result);
    String achieved = Units.threeDigits(measured.achievedRate()) + "/s";
    String rate =
        measured.targetRate().isPresent()
            ? achieved + " of " + Units.threeDigits(measured.targetRate().getAsDouble()) + "/s"
            : achieved + " with " + Units.count(result.plan().closedLoop()) + " under way";
    String line =
        Page.dotted(
            word + " " + run.scenario() + " seed " + run.seed(),
            rate,
            Units.count(run.records(), "record"),
            run.kafka().equals("simulated")
                ? Units.duration(run.virtualMillis())
                    + " of scenario time in "
                    + Units.duration(run.wallMillis())
                : Units.duration(run.wallMillis()) + " on " + run.kafka());
    page.paragraph(
        line,
        2,
        word,
        switch (word) {
          case "PASSED" -> style::good;
          case "FAILED" -> style::bad;
          default -> style::doubtful;
        });
    if (measured.failedSends() > 0) {
      page.paragraph(Units.count(measured.failedSends(), "record") + " could not be sent", 2);
    }
    if (measured.uncommitted() > 0) {
      page.paragraph(
          Units.count(measured.uncommitted(), "record")
              + " sent in transactions that were not committed",
          2);
    }
  }

  private void phases(Page page) {
    page.gap();
    Table table =
        new Table("lrrrrrr")
            .row("response time", "asked", "achieved", "p50", "p99", "p99.9", "max");
    for (LoadMeasurements.OfPhase each : result.measurements().phases()) {
      LatencySummary response = each.response();
      double asked = (each.phase().fromRate() + each.phase().toRate()) / 2;
      table.row(
          "  " + each.phase().name(),
          Double.isNaN(asked) ? "-" : Units.threeDigits(asked) + "/s",
          Units.threeDigits(each.achievedRate()) + "/s",
          time(response, response.p50()),
          time(response, response.p99()),
          time(response, response.p999()),
          time(response, response.max()));
    }
    table.printTo(page);
  }

  private void stages(Page page) {
    page.gap();
    Table table = new Table("lrrrrr").row("stages", "p50", "p90", "p99", "p99.9", "max");
    result.measurements().stages().forEach(each -> row(table, each.stage(), each.latency()));
    table.printTo(page);
  }

  private static void row(Table table, String name, LatencySummary latency) {
    table.row(
        "  " + name,
        time(latency, latency.p50()),
        time(latency, latency.p90()),
        time(latency, latency.p99()),
        time(latency, latency.p999()),
        time(latency, latency.max()));
  }

  private void partitions(Page page) {
    List<LoadMeasurements.OfPartition> partitions = result.measurements().partitions();
    if (partitions.size() < 2) {
      return;
    }
    page.gap();
    Table table =
        new Table("lrrrrr").row("response by partition", "records", "p50", "p99", "p99.9", "max");
    for (LoadMeasurements.OfPartition each :
        partitions.subList(0, Math.min(MOST_PARTITIONS, partitions.size()))) {
      LatencySummary response = each.response();
      table.row(
          "  " + each.partition(),
          Units.count(response.count()),
          time(response, response.p50()),
          time(response, response.p99()),
          time(response, response.p999()),
          time(response, response.max()));
    }
    table.printTo(page);
    if (partitions.size() > MOST_PARTITIONS) {
      page.paragraph(
          "  and "
              + Units.count(partitions.size() - MOST_PARTITIONS, "partition")
              + " more, which --format json lists",
          2);
    }
  }

  private void checks(Page page) {
    if (!result.plan().checks()) {
      page.paragraph("  the scenario's invariants were not judged: --no-checks", 2);
      return;
    }
    double share =
        result.measurements().checkNanos() / 1e6 / Math.max(1, result.run().wallMillis());
    page.paragraph("  judging them took " + Units.threeDigits(share * 100) + " % of one core", 2);
  }

  private static String time(LatencySummary latency, long micros) {
    return latency.count() == 0 ? "-" : Units.micros(micros);
  }
}
