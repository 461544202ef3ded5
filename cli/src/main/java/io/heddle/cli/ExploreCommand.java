package io.heddle.cli;

import io.heddle.scenarios.replay.RecordingFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code heddle explore}. */
record ExploreCommand(LongSupplier nanoTime, Interruption interruption) implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "explore",
            "Run a scenario with many seeds, on all cores, and say which of them fail.",
            example())
        .addPositional(Arguments.scenario())
        .addOption(Schedules.option())
        .addOption(
            OptionSpec.builder("--seeds")
                .paramLabel("A..B")
                .type(SeedRange.class)
                .converters(Arguments.converter(SeedRange::parse))
                .description("The seeds from A to B, both included; A.. for all from A on.")
                .build())
        .addOption(
            OptionSpec.builder("--time")
                .paramLabel("TIME")
                .type(Duration.class)
                .converters(Arguments.converter(TimeSpan::parse))
                .description("Begin no run after this time, as in 60s or 10m.")
                .build())
        .addOption(
            OptionSpec.builder("--stop-at-first")
                .description("Begin no run after a seed has failed.")
                .build())
        .addOption(
            Arguments.file(
                "--record",
                "If a seed fails, write all decisions of the first one to this file, for replay."))
        .addOption(Arguments.junit())
        .addOption(Arguments.summary())
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle explore quickstart --seeds 1..1000";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend usual, Console console) {
    Chosen chosen = Chosen.from(arguments);
    Backend backend = chosen.by(usual);
    String scenario = chosen.nameOrFile();
    Optional<Duration> time =
        arguments.hasMatchedOption("--time")
            ? Optional.of(arguments.matchedOptionValue("--time", Duration.ZERO))
            : Optional.empty();
    SeedRange seeds = arguments.matchedOptionValue("--seeds", SeedRange.from(1));
    if (seeds.isOpen() && time.isEmpty()) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "--seeds A..B or --time TIME must be given");
    }
    ExploreOptions options =
        new ExploreOptions(
            seeds, time, arguments.hasMatchedOption("--stop-at-first"), interruption::requested);
    interruption.endsEarly();
    ExploreSummary summary = explored(scenario, options, backend, console);
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> text(chosen, summary, backend, console.style());
              case JSON -> JsonReports.explore(summary);
            });
    Outputs outputs = new Outputs(arguments);
    outputs.write("--junit", "the report", () -> JunitReport.explore(summary, chosen));
    outputs.write("--summary", "the summary", () -> MarkdownReport.explore(summary, chosen));
    if (!summary.failed().isEmpty()) {
      OptionalLong seed = OptionalLong.of(summary.failed().get(0).seed());
      outputs.write("--record", "the recording", () -> recording(scenario, seed, backend));
    }
    outputs.end();
    if (summary.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    List<String> violated = new ArrayList<>();
    summary.failed().forEach(failed -> violated.add(failed.invariant()));
    summary.coverage().forEach(missing -> violated.add(missing.name()));
    return ExitCode.ofViolations(violated);
  }

  private static String recording(String scenario, OptionalLong seed, Backend backend) {
    Progress unseen = (done, total, unit) -> {};
    return RecordingFile.write(
        backend.record(scenario, seed, Optional.empty(), Optional.empty(), unseen).recording());
  }

  private static String text(Chosen chosen, ExploreSummary summary, Backend backend, Style style) {
    String text = new ExploreReport(summary, style).text(chosen);
    if (summary.failed().isEmpty()) {
      return text;
    }
    long seed = summary.failed().get(0).seed();
    Page identity = new Page(style);
    identity.paragraph(Identity.of(backend.explain(chosen.nameOrFile())).words(seed), 2);
    return text + identity;
  }

  private ExploreSummary explored(
      String scenario, ExploreOptions options, Backend backend, Console console) {
    try (ProgressLine progress = new ProgressLine(console.err(), console.progress(), nanoTime)) {
      return backend.explore(scenario, options, progress);
    }
  }
}
