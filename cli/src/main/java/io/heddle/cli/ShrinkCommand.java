package io.heddle.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle shrink}. */
record ShrinkCommand(LongSupplier nanoTime) implements Command {
  private static final Duration TIME = Duration.ofSeconds(30);

  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "shrink",
            "Make a failing scenario as small as can be, and save it as a scenario that fails"
                + " alike.",
            example())
        .addPositional(Arguments.scenario())
        .addOption(Arguments.seed())
        .addOption(Schedules.option())
        .addOption(
            Arguments.file("--out", "Where to save it; NAME-shrunk.yaml, if there is none yet."))
        .addOption(
            OptionSpec.builder("--time")
                .paramLabel("TIME")
                .type(Duration.class)
                .converters(Arguments.converter(TimeSpan::parse))
                .description("When to stop at the latest; after 30s if not given.")
                .build())
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle shrink naive-async --seed 7";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    Chosen chosen = Chosen.from(arguments);
    Optional<Path> out = Arguments.file("--out", arguments);
    ShrinkSummary summary;
    try (ProgressLine progress = new ProgressLine(console.err(), console.progress(), nanoTime)) {
      summary =
          chosen
              .by(backend)
              .shrink(
                  chosen.nameOrFile(),
                  Arguments.seed(arguments),
                  out,
                  arguments.matchedOptionValue("--time", TIME),
                  progress);
    }
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> new ShrinkReport(summary, console.style()).text();
              case JSON -> ShrinkReport.json(summary);
            });
    return ExitCode.PASSED;
  }
}
