package io.heddle.cli;

import io.heddle.scenarios.history.HistoryWriter;
import io.heddle.scenarios.replay.RecordingFile;
import io.heddle.scenarios.replay.RunRecording;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle run}. */
record RunCommand(LongSupplier nanoTime, Interruption interruption) implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command("run", "Run a scenario once and judge what happened.", example())
        .addPositional(Arguments.scenario())
        .addOption(Arguments.seed())
        .addOption(Schedules.option())
        .addOption(Arguments.kafka())
        .addOption(Arguments.clientProperties())
        .addOption(Arguments.file("--trace", "Write each step of the run to this file."))
        .addOption(Arguments.record())
        .addOption(Arguments.file("--history", "Write all facts, for heddle check, to this file."))
        .addOption(Arguments.file("--report", "Write a page to look at to this file, too."))
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
  public ExitCode call(ParseResult arguments, Backend usual, Console console) {
    Chosen chosen = Chosen.from(arguments);
    Backend backend = chosen.by(usual);
    String scenario = chosen.nameOrFile();
    Optional<Path> report = Arguments.file("--report", arguments);
    Optional<Path> facts = Arguments.file("--history", arguments);
    Optional<RunHistory> history = report.map(file -> new RunHistory());
    interruption.endsEarly();
    RunResult result;
    if (facts.isPresent()) {
      try (HistoryWriter writer = writer(facts.get())) {
        history = Optional.of(new RunHistory(writer));
        result = result(scenario, arguments, history, backend, console);
      } catch (IOException | UncheckedIOException failed) {
        throw new UserError(
            "cannot write the history to " + facts.get() + ": " + Output.reason(failed), failed);
      }
    } else {
      result = result(scenario, arguments, history, backend, console);
    }
    Identity identity = Identity.of(backend.explain(scenario));
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT ->
                  new RunReport(result, console.style(), interruption.requested())
                      .text(
                          RunReport.replayCommand(result, chosen),
                          Optional.of(identity.words(result.seed())));
              case JSON -> JsonReports.run(result, identity, interruption.requested());
            });
    Arguments.junit(arguments)
        .ifPresent(file -> Output.write(file, JunitReport.run(result), "the report"));
    Arguments.summary(arguments)
        .ifPresent(file -> Output.write(file, MarkdownReport.run(result, chosen), "the summary"));
    if (report.isPresent() && history.isPresent()) {
      ReportedRun run =
          new ReportedRun(
              result,
              history.get(),
              RunReport.replayCommand(result, chosen),
              backend.explain(scenario),
              interruption.requested(),
              Optional.empty());
      Output.write(report.get(), HtmlReport.of(run), "the report");
    }
    if (interruption.requested()) {
      return ExitCode.INTERRUPTED;
    }
    List<String> violated =
        result.violations().stream().map(RunResult.Violation::invariant).toList();
    return ExitCode.ofViolations(violated);
  }

  private static HistoryWriter writer(Path file) throws IOException {
    return new HistoryWriter(Files.newOutputStream(file));
  }

  private RunResult result(
      String scenario,
      ParseResult arguments,
      Optional<RunHistory> history,
      Backend backend,
      Console console) {
    KafkaTarget kafka = Arguments.kafka(arguments);
    Optional<Path> trace = Arguments.file("--trace", arguments);
    Optional<Path> recording = Arguments.record(arguments);
    if (recording.isPresent() && !(kafka instanceof KafkaTarget.Simulated)) {
      throw new UserError("--record needs --kafka simulated: a real Kafka decides by itself");
    }
    if (arguments.hasMatchedOption(Schedules.OPTION) && !(kafka instanceof KafkaTarget.Simulated)) {
      throw new UserError(
          Schedules.OPTION + " needs --kafka simulated: in real time the machine decides");
    }
    try (ProgressLine progress = new ProgressLine(console.err(), console.progress(), nanoTime)) {
      if (recording.isPresent()) {
        RunRecording.Recorded recorded =
            backend.record(scenario, Arguments.seed(arguments), trace, history, progress);
        Output.write(recording.get(), RecordingFile.write(recorded.recording()), "the recording");
        return recorded.result();
      }
      return backend.run(scenario, Arguments.seed(arguments), kafka, trace, history, progress);
    }
  }
}
