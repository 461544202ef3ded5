package io.heddle.cli;

import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Results as JUnit's XML, for build servers. */
final class JunitReport {
  /** The outcome of one case: empty texts where it passed. */
  private record Case(String name, String kind, String message, String text) {
    static Case passed(String name) {
      return new Case(name, "", "", "");
    }

    static Case skipped(String name, String why) {
      return new Case(name, "skipped", why, "");
    }

    static Case failed(String name, String message, String text) {
      return new Case(name, "failure", message, text);
    }
  }

  private JunitReport() {}

  /**
   * A case for each invariant, for whatever else was broken, and for the run as a whole.
   *
   * @param interrupted whether somebody ended it before its time: a case that is skipped says so
   */
  static String run(RunResult result, boolean interrupted) {
    List<Case> cases = new ArrayList<>();
    List<String> invariants = result.invariants().stream().map(InvariantResult::name).toList();
    for (InvariantResult invariant : result.invariants()) {
      cases.add(
          result.violations().stream()
              .filter(violation -> violation.invariant().equals(invariant.name()))
              .findFirst()
              .map(violation -> failed(violation.invariant(), violation))
              .orElseGet(() -> held(invariant)));
    }
    result.violations().stream()
        .filter(violation -> !invariants.contains(violation.invariant()))
        .forEach(violation -> cases.add(failed(violation.invariant(), violation)));
    String records = Units.count(result.records(), "record");
    String verdict = result.verdict().label();
    cases.add(
        interrupted
            ? skipped("seed %d: interrupted, %s".formatted(result.seed(), records))
            : Case.passed("seed %d: %s, %s".formatted(result.seed(), verdict, records)));
    return xml("heddle run " + result.scenario(), result.wallMillis() / 1e3, cases);
  }

  /**
   * A case for each seed that failed, for whatever no run reached, and for the seeds as a whole.
   */
  static String explore(ExploreSummary summary, Chosen chosen) {
    List<Case> cases = new ArrayList<>();
    for (ExploreSummary.FailedSeed failed : summary.failed()) {
      String replay = chosen.command(failed.seed());
      cases.add(
          Case.failed(
              "seed " + failed.seed(), failed.invariant() + ": " + failed.message(), replay));
    }
    for (ExploreSummary.Missing missing : summary.coverage()) {
      cases.add(Case.failed("coverage " + missing.name(), missing.message(), ""));
    }
    String outcome =
        "%s: %s passed, %s failed%s"
            .formatted(
                summary.explored(),
                Units.count(summary.passed()),
                Units.count(summary.failed().size()),
                summary.interrupted() ? ", interrupted" : "");
    cases.add(summary.interrupted() ? skipped(outcome) : Case.passed(outcome));
    double seconds = summary.seeds() / Math.max(1e-9, summary.seedsPerSecond());
    return xml("heddle explore " + summary.scenario(), seconds, cases);
  }

  /** A build server is not to take for passed what was not judged to its end. */
  private static Case skipped(String name) {
    return Case.skipped(name, "it was interrupted");
  }

  private static Case held(InvariantResult invariant) {
    return invariant.verdict() == Verdict.NOT_APPLIED
        ? Case.skipped(
            invariant.name(), Objects.requireNonNullElse(invariant.note(), "not applied"))
        : Case.passed(invariant.name());
  }

  private static Case failed(String name, Violation violation) {
    return Case.failed(
        name, violation.message(), violation.timeline().stream().collect(Collectors.joining("\n")));
  }

  private static String xml(String suite, double seconds, List<Case> cases) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        String.format(
            Locale.ROOT,
            "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\""
                + " time=\"%.3f\">%n",
            escaped(suite),
            cases.size(),
            count(cases, "failure"),
            count(cases, "skipped"),
            seconds));
    for (Case each : cases) {
      xml.append("  <testcase classname=\"").append(escaped(suite));
      xml.append("\" name=\"").append(escaped(each.name()));
      if (each.kind().isEmpty()) {
        xml.append("\"/>\n");
        continue;
      }
      xml.append("\">\n    <").append(each.kind());
      xml.append(" message=\"").append(escaped(each.message())).append("\">");
      xml.append(escaped(each.text())).append("</").append(each.kind());
      xml.append(">\n  </testcase>\n");
    }
    return xml.append("</testsuite>\n").toString().replace("\r", "");
  }

  private static long count(List<Case> cases, String kind) {
    return cases.stream().filter(each -> each.kind().equals(kind)).count();
  }

  /** As text or an attribute; what XML cannot hold at all becomes a question mark. */
  private static String escaped(String text) {
    StringBuilder xml = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\n', '\t' -> xml.append("&#").append(c).append(';');
                default -> xml.appendCodePoint(isXml(c) ? c : '?');
              }
            });
    return xml.toString();
  }

  private static boolean isXml(int c) {
    return (c >= ' ' && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c > 0xFFFF;
  }
}
