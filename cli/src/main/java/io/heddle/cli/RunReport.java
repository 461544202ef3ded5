package io.heddle.cli;

import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.LatencySummary;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The result of one run as text: the verdict first, and the way back to a failure last. */
final class RunReport {
  private final RunResult result;
  private final Style style;
  private final boolean interrupted;

  RunReport(RunResult result, Style style) {
    this(result, style, false);
  }

  /**
   * A report.
   *
   * @param interrupted whether somebody ended the run before its time
   */
  RunReport(RunResult result, Style style, boolean interrupted) {
    this.result = result;
    this.style = style;
    this.interrupted = interrupted;
  }

  /**
   * The report.
   *
   * @param chosen what the user ran, for the command that runs it again
   */
  String text(Chosen chosen) {
    return text(replayCommand(result, chosen), Optional.empty());
  }

  /**
   * The report.
   *
   * @param command runs it again
   * @param identity what else it takes to have the same run again
   */
  String text(String command, Optional<String> identity) {
    Page page = new Page(style);
    verdict(page);
    invariants(page);
    faults(page);
    latency(page);
    if (!result.violations().isEmpty()) {
      violation(page, result.violations().get(0), style);
      otherViolations(page);
      page.gap().paragraph("replay: " + command, 2);
      identity.ifPresent(words -> page.paragraph(words, 2));
    }
    return page.toString();
  }

  private void verdict(Page page) {
    boolean passed = result.verdict() == Verdict.PASSED;
    String word = passed ? (interrupted ? "INTERRUPTED" : "PASSED") : "FAILED";
    String line =
        Page.dotted(
            word + " " + result.scenario() + " seed " + result.seed(),
            Units.count(result.records(), "record"),
            simulated()
                ? Units.duration(result.virtualMillis())
                    + " of scenario time in "
                    + Units.duration(result.wallMillis())
                : Units.duration(result.wallMillis()) + " on " + result.kafka());
    page.paragraph(
        line, 2, word, passed ? (interrupted ? style::doubtful : style::good) : style::bad);
  }

  void invariants(Page page) {
    if (result.invariants().isEmpty()) {
      return;
    }
    page.gap().line(style.heading("invariants"));
    Table table = new Table("llrl");
    for (InvariantResult invariant : result.invariants()) {
      table.paintedRow(
          paint(invariant.verdict()),
          "  " + invariant.name(),
          invariant.verdict().label(),
          Units.count(invariant.facts(), "fact"),
          Objects.requireNonNullElse(invariant.note(), ""));
    }
    table.printTo(page);
  }

  void faults(Page page) {
    if (result.faults().isEmpty()) {
      return;
    }
    page.gap().line(style.heading("faults"));
    Table table = new Table("llw");
    for (FaultResult fault : result.faults()) {
      table.paintedRow(
          fault.applied() && fault.fired() > 0 ? UnaryOperator.identity() : style::doubtful,
          "  " + fault.name(),
          fired(fault),
          Objects.requireNonNullElse(fault.note(), ""));
    }
    table.printTo(page);
  }

  void latency(Page page) {
    page.gap();
    Table table = new Table("lrrrrrr");
    table.row("latency", "p50", "p90", "p99", "p99.9", "max", "records");
    latencyRow(table, "  service", result.service());
    latencyRow(table, "  response", result.response());
    table.printTo(page);
  }

  private static void latencyRow(Table table, String name, LatencySummary latency) {
    if (latency.count() == 0) {
      table.row(name, "-", "-", "-", "-", "-", "0");
      return;
    }
    table.row(
        name,
        Units.micros(latency.p50()),
        Units.micros(latency.p90()),
        Units.micros(latency.p99()),
        Units.micros(latency.p999()),
        Units.micros(latency.max()),
        Units.count(latency.count()));
  }

  /** What was violated, how, and what happened around it. */
  static void violation(Page page, Violation violation, Style style) {
    String subject = subject(violation);
    String sentence = subject + " at " + Units.instant(violation.atMillis());
    page.gap().paragraph(sentence + ": " + oneLine(violation.message()), 2, subject, style::bad);
    for (String line : violation.timeline()) {
      page.paragraph("    " + line.stripTrailing(), 8);
    }
  }

  void otherViolations(Page page) {
    Map<String, Long> others =
        result.violations().stream()
            .skip(1)
            .collect(
                Collectors.groupingBy(
                    Violation::invariant, LinkedHashMap::new, Collectors.counting()));
    if (!others.isEmpty()) {
      String list =
          others.entrySet().stream()
              .map(entry -> entry.getKey() + " (" + Units.count(entry.getValue()) + ")")
              .collect(Collectors.joining(", "));
      page.gap().paragraph("further violations: " + list, 2);
    }
  }

  /** What runs it again. */
  static String replayCommand(RunResult result, Chosen chosen) {
    String command = chosen.command(result.seed());
    return isSimulated(result) ? command : command + " --kafka " + Shell.quoted(result.kafka());
  }

  private boolean simulated() {
    return isSimulated(result);
  }

  private static boolean isSimulated(RunResult result) {
    return result.kafka().equals("simulated");
  }

  private UnaryOperator<String> paint(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> style::good;
      case FAILED -> style::bad;
      case VACUOUS, NOT_APPLIED -> style::doubtful;
    };
  }

  private static String fired(FaultResult fault) {
    if (!fault.applied()) {
      return Verdict.NOT_APPLIED.label();
    }
    return fault.fired() == 0 ? "never fired" : "fired " + Units.count(fault.fired(), "time");
  }

  private static String subject(Violation violation) {
    String name = violation.invariant();
    String rest = name.substring(name.indexOf(':') + 1);
    return switch (ExitCode.ofViolation(name)) {
      case NO_PROGRESS -> "no progress";
      case THRESHOLD_MISSED -> "threshold " + rest + " missed";
      case NOTHING_SEEN ->
          name.startsWith("unfired:") ? "fault " + rest + " never fired" : rest + " saw nothing";
      default -> name + " violated";
    };
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
