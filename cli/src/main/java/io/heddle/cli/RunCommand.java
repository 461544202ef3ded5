package io.heddle.cli;

import io.heddle.scenarios.history.HistoryWriter;
import io.heddle.scenarios.replay.RecordingFile;
import io.heddle.scenarios.replay.RunRecording;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
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
    interruption.endsEarly();
    Done done = done(scenario, arguments, backend, console);
    RunResult result = done.result();
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
    write(arguments, done, chosen, backend);
    if (interruption.requested()) {
      return ExitCode.INTERRUPTED;
    }
    List<String> violated =
        result.violations().stream().map(RunResult.Violation::invariant).toList();
    return ExitCode.ofViolations(violated);
  }

  private void write(ParseResult arguments, Done done, Chosen chosen, Backend backend) {
    RunResult result = done.result();
    boolean interrupted = interruption.requested();
    Outputs outputs = new Outputs(arguments);
    done.recording()
        .ifPresent(
            recording ->
                outputs.write("--record", "the recording", () -> RecordingFile.write(recording)));
    outputs.write("--junit", "the report", () -> JunitReport.run(result, interrupted));
    outputs.write(
        "--summary", "the summary", () -> MarkdownReport.run(result, chosen, interrupted));
    done.history()
        .ifPresent(
            history ->
                outputs.write(
                    "--report",
                    "the report",
                    () ->
                        HtmlReport.of(
                            new ReportedRun(
                                result,
                                history,
                                RunReport.replayCommand(result, chosen),
                                backend.explain(chosen.nameOrFile()),
                                interrupted,
                                Optional.empty()))));
    outputs.end();
  }

  private record Done(
      RunResult result, Optional<RunRecording> recording, Optional<RunHistory> history) {}

  private Done done(String scenario, ParseResult arguments, Backend backend, Console console) {
    Optional<Path> facts = Arguments.file("--history", arguments);
    if (facts.isEmpty()) {
      Optional<RunHistory> history =
          Arguments.file("--report", arguments).map(file -> new RunHistory());
      return done(scenario, arguments, history, backend, console);
    }
    try {
      return Output.writing(
          facts.get(),
          "the history",
          out -> {
            try (HistoryWriter writer = new HistoryWriter(out)) {
              Optional<RunHistory> history = Optional.of(new RunHistory(writer));
              return done(scenario, arguments, history, backend, console);
            }
          });
    } catch (RuntimeException known) {
      throw known;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Done done(
      String scenario,
      ParseResult arguments,
      Optional<RunHistory> history,
      Backend backend,
      Console console) {
    KafkaTarget kafka = Arguments.kafka(arguments);
    Optional<Path> trace = Arguments.file("--trace", arguments);
    boolean recorded = arguments.hasMatchedOption("--record");
    if (recorded && !(kafka instanceof KafkaTarget.Simulated)) {
      throw new UserError("--record needs --kafka simulated: a real Kafka decides by itself");
    }
    if (arguments.hasMatchedOption(Schedules.OPTION) && !(kafka instanceof KafkaTarget.Simulated)) {
      throw new UserError(
          Schedules.OPTION + " needs --kafka simulated: in real time the machine decides");
    }
    try (ProgressLine progress = new ProgressLine(console.err(), console.progress(), nanoTime)) {
      if (recorded) {
        RunRecording.Recorded run =
            backend.record(scenario, Arguments.seed(arguments), trace, history, progress);
        return new Done(run.result(), Optional.of(run.recording()), history);
      }
      RunResult result =
          backend.run(scenario, Arguments.seed(arguments), kafka, trace, history, progress);
      return new Done(result, Optional.empty(), history);
    }
  }
}
