package io.heddle.cli;

import io.heddle.scenarios.file.Nearest;
import io.heddle.scenarios.history.HistoryException;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle check}. */
record CheckCommand() implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "check",
            "Judge a recorded history, of whatever application and whatever Kafka: one fact a"
                + " line, as docs/HISTORY.md has it.",
            example(),
            "heddle check history.jsonl --only lost-write --only duplicate --format json")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(Path.class)
                .paramLabel("HISTORY")
                .description("A file of facts, as heddle run --history writes it.")
                .build())
        .addOption(
            OptionSpec.builder("--only")
                .paramLabel("NAME")
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .converters(Arguments.converter(CheckCommand::known))
                .completionCandidates(HistoryCheck.names())
                .description(
                    "Look for this alone (may be given several times), and fail if there is"
                        + " nothing that it could judge.")
                .build())
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  private static String known(String name) {
    if (!HistoryCheck.names().contains(name)) {
      throw new IllegalArgumentException(
          "no invariant has this name; " + Nearest.hint(name, HistoryCheck.names()));
    }
    return name;
  }

  @Override
  public String example() {
    return "heddle check history.jsonl";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    Path file = arguments.matchedPositionalValue(0, Path.of(""));
    Set<String> only =
        new TreeSet<>(arguments.<List<String>>matchedOptionValue("--only", List.of()));
    HistoryCheck check = check(file, only);
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> text(file, check, console.style());
              case JSON -> JsonReports.check(file.toString(), check);
            });
    return check.exitCode();
  }

  private static HistoryCheck check(Path file, Set<String> only) {
    if (!Files.exists(file)) {
      throw new UserError("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a directory, not a history");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return HistoryCheck.of(in, only);
    } catch (HistoryException wrong) {
      throw new UserError(file + ": " + wrong.getMessage(), wrong);
    } catch (IOException failed) {
      throw new UserError("cannot read " + file + ": " + Input.reason(failed), failed);
    }
  }

  private static String text(Path file, HistoryCheck check, Style style) {
    boolean passed = check.violations().isEmpty();
    String word = passed ? "PASSED" : "FAILED";
    Page page = new Page(style);
    page.paragraph(
        Page.dotted(word + " " + file, Units.count(check.facts(), "fact")),
        2,
        word,
        passed ? style::good : style::bad);
    page.gap().line(style.heading("invariants"));
    Table table = new Table("llrl");
    for (InvariantResult result : check.invariants()) {
      table.paintedRow(
          paint(result.verdict(), style),
          "  " + result.name(),
          result.verdict().label(),
          Units.count(result.facts(), "fact"),
          Objects.requireNonNullElse(result.note(), ""));
    }
    table.printTo(page);
    for (Violation violation : check.violations()) {
      RunReport.violation(page, violation, style);
    }
    return page.toString();
  }

  private static UnaryOperator<String> paint(Verdict verdict, Style style) {
    return switch (verdict) {
      case PASSED -> style::good;
      case FAILED -> style::bad;
      case VACUOUS, NOT_APPLIED -> style::doubtful;
    };
  }
}
