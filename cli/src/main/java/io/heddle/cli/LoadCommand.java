package io.heddle.cli;

import io.heddle.scenarios.load.Intervals;
import io.heddle.scenarios.load.LoadComparison;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code heddle load}. */
record LoadCommand(LongSupplier nanoTime, Interruption interruption) implements Command {
  private static final long MOST_BYTES = 256L << 20;

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Arguments.command(
            "load",
            "Put load on a scenario and measure its latencies, each record's from when it was due.",
            example(),
            "heddle load quickstart --kafka embedded --rate 1000 --warm-up 10s --for 1m",
            "heddle load quickstart --kafka host:9092 --client-properties tls.properties",
            "heddle load slow-key --closed-loop 32 --for 20s --hlog a.hlog",
            "heddle load --compare before.hlog after.hlog");
    spec.addPositional(
        PositionalParamSpec.builder(Arguments.scenario())
            .arity("0..1")
            .required(false)
            .paramLabel("[NAME|FILE]")
            .build());
    LoadArguments.addTo(spec);
    return spec.addOption(Arguments.seed())
        .addOption(Arguments.kafka())
        .addOption(Arguments.clientProperties())
        .addOption(Arguments.file("--hlog", "Write HdrHistogram's interval log to this file."))
        .addOption(
            Arguments.file("--hgrm", "Write the distribution of response times to this file."))
        .addOption(Arguments.file("--report", "Write a page to look at to this file, too."))
        .addOption(
            OptionSpec.builder("--compare")
                .paramLabel("HLOG")
                .arity("2")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .description("Run nothing; compare the interval logs of two runs.")
                .build())
        .addOption(
            OptionSpec.builder("--tolerate")
                .paramLabel("PERCENT")
                .type(Double.class)
                .converters(Arguments.converter(LoadArguments::percent))
                .description(
                    "With --compare: fail if a percentile grew by more, with 95 %% confidence.")
                .build())
        .addOption(Arguments.junit())
        .addOption(Arguments.summary())
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle load quickstart --rate 500 --for 1m";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    List<Path> compared = LoadArguments.compared(arguments);
    String scenario = Arguments.scenario(arguments);
    if (compared.isEmpty() == scenario.isEmpty()) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(),
          "either a scenario or --compare with two logs must be given");
    }
    if (compared.isEmpty() && arguments.hasMatchedOption("--tolerate")) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "--tolerate is for --compare");
    }
    return compared.isEmpty()
        ? load(scenario, arguments, backend, console)
        : compare(compared.get(0), compared.get(1), arguments, console);
  }

  private ExitCode load(String scenario, ParseResult arguments, Backend backend, Console console) {
    LoadPlan plan = LoadArguments.plan(arguments);
    Optional<RunHistory> history =
        Arguments.file("--report", arguments).map(file -> new RunHistory());
    LoadRequest request =
        new LoadRequest(
            scenario,
            Arguments.seed(arguments),
            Arguments.kafka(arguments),
            plan,
            LoadArguments.thresholds(arguments),
            history);
    interruption.endsEarly();
    LoadResult result;
    try (ProgressLine progress = new ProgressLine(console.err(), console.progress(), nanoTime)) {
      result = backend.load(request, progress);
    }
    String command =
        "heddle"
            + arguments.originalArgs().stream()
                .map(argument -> " " + Shell.quoted(argument))
                .collect(Collectors.joining());
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> new LoadReport(result, console.style()).text(command);
              case JSON -> LoadJson.of(result);
            });
    RunResult run = result.run();
    boolean endedEarly = result.measurements().endedEarly();
    Outputs outputs = new Outputs(arguments);
    outputs.write("--hlog", "the interval log", result.measurements()::intervalLog);
    outputs.write("--hgrm", "the percentiles", result.measurements()::percentiles);
    outputs.write("--junit", "the report", () -> JunitReport.run(run, endedEarly));
    outputs.write(
        "--summary", "the summary", () -> MarkdownReport.run(run, Chosen.of(scenario), endedEarly));
    history.ifPresent(
        taken ->
            outputs.write(
                "--report",
                "the report",
                () ->
                    HtmlReport.of(
                        new ReportedRun(
                            run,
                            taken,
                            command,
                            backend.explain(scenario),
                            endedEarly,
                            Optional.of(result)))));
    outputs.end();
    if (endedEarly) {
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.ofViolations(
        run.violations().stream().map(RunResult.Violation::invariant).toList());
  }

  private static ExitCode compare(Path a, Path b, ParseResult arguments, Console console) {
    List<LoadComparison.Change> changes = LoadComparison.compare(intervals(a), intervals(b));
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> ComparisonReport.text(a, b, changes, console.style());
              case JSON -> ComparisonReport.json(a, b, changes);
            });
    double tolerated = arguments.matchedOptionValue("--tolerate", Double.POSITIVE_INFINITY);
    boolean slower =
        changes.stream().anyMatch(each -> !each.name().equals("rate") && each.low() > tolerated);
    return slower ? ExitCode.THRESHOLD_MISSED : ExitCode.PASSED;
  }

  private static Intervals intervals(Path log) {
    try {
      Intervals intervals = Intervals.parse(Input.bytes(log, MOST_BYTES));
      if (intervals.size() < LoadComparison.FEWEST) {
        throw new UserError(
            "%s has %s with response times, but to compare needs %d: measure for longer"
                .formatted(log, Units.count(intervals.size(), "interval"), LoadComparison.FEWEST));
      }
      return intervals;
    } catch (IllegalArgumentException wrong) {
      throw new UserError(log + " cannot be compared: " + wrong.getMessage(), wrong);
    }
  }
}
