package io.heddle.cli;

import io.heddle.scenarios.result.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle run}. */
record RunCommand(LongSupplier nanoTime) implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command("run", "Run a scenario once and judge what happened.", example())
        .addPositional(Arguments.scenario())
        .addOption(Arguments.seed())
        .addOption(
            OptionSpec.builder("--kafka")
                .paramLabel("KAFKA")
                .type(KafkaTarget.class)
                .converters(Arguments.converter(KafkaTarget::parse))
                .completionCandidates(List.of("simulated", "embedded"))
                .description(
                    "simulated (if not given), embedded (real brokers, started for this run) or"
                        + " HOST:PORT of a Kafka that is running.")
                .build())
        .addOption(Arguments.file("--trace", "Write each step of the run to this file."))
        .addOption(Arguments.junit())
        .addOption(Arguments.summary())
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle run quickstart --seed 7";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    String scenario = Arguments.scenario(arguments);
    RunResult result = result(scenario, arguments, backend, console);
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> new RunReport(result, console.style()).text(scenario);
              case JSON -> JsonReports.run(result);
            });
    Arguments.junit(arguments)
        .ifPresent(file -> Output.write(file, JunitReport.run(result), "the report"));
    Arguments.summary(arguments)
        .ifPresent(file -> Output.write(file, MarkdownReport.run(result, scenario), "the summary"));
    List<String> violated =
        result.violations().stream().map(RunResult.Violation::invariant).toList();
    return ExitCode.ofViolations(violated);
  }

  private RunResult result(
      String scenario, ParseResult arguments, Backend backend, Console console) {
    KafkaTarget kafka = arguments.matchedOptionValue("--kafka", new KafkaTarget.Simulated());
    Optional<Path> trace = Arguments.file("--trace", arguments);
    try (ProgressLine progress = new ProgressLine(console.err(), console.progress(), nanoTime)) {
      return backend.run(scenario, Arguments.seed(arguments), kafka, trace, progress);
    }
  }
}
