package io.heddle.cli;

import java.util.List;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle explore}. */
record ExploreCommand(LongSupplier nanoTime) implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "explore",
            "Run a scenario with many seeds, on all cores, and say which of them fail.",
            example())
        .addPositional(Arguments.scenario())
        .addOption(
            OptionSpec.builder("--seeds")
                .paramLabel("A..B")
                .required(true)
                .type(SeedRange.class)
                .converters(Arguments.converter(SeedRange::parse))
                .description("The seeds from A to B, both included.")
                .build())
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle explore quickstart --seeds 1..1000";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    String scenario = Arguments.scenario(arguments);
    SeedRange seeds = arguments.matchedOptionValue("--seeds", new SeedRange(0, 0));
    ExploreSummary summary;
    try (ProgressLine progress = new ProgressLine(console.err(), console.progress(), nanoTime)) {
      summary = backend.explore(scenario, seeds, progress);
    }
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> new ExploreReport(summary, console.style()).text(scenario, seeds);
              case JSON -> JsonReports.explore(summary);
            });
    List<String> violated =
        summary.failed().stream().map(ExploreSummary.FailedSeed::invariant).toList();
    return ExitCode.ofViolations(violated);
  }
}
