package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heddle.scenarios.replay.RecordingFile;
import io.heddle.scenarios.replay.RunRecording;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle replay}. */
record ReplayCommand(LongSupplier nanoTime) implements Command {
  private static final long MOST_BYTES = 512L << 20;

  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "replay",
            "Run a recorded run again, decision by decision, with the code as it is now; and say"
                + " whether it still is the same run, or at which decision it parts from it."
                + " Ends like run, and with 1 if nothing is violated but the run is another one.",
            example(),
            "heddle replay failure.recording --scenario changed.yaml --trace new.trace")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(Path.class)
                .paramLabel("RECORDING")
                .description("What --record wrote; it holds the scenario, too.")
                .build())
        .addOption(
            OptionSpec.builder("--scenario")
                .paramLabel("NAME|FILE")
                .type(String.class)
                .description("Run this instead of the recorded scenario.")
                .build())
        .addOption(Arguments.file("--trace", "Write each step of the run to this file."))
        .addOption(Arguments.file("--report", "Write a page to look at to this file, too."))
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle replay failure.recording";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    Path file = arguments.matchedPositionalValue(0, Path.of(""));
    RunRecording recording = read(file);
    Optional<Path> report = Arguments.file("--report", arguments);
    Optional<RunHistory> history = report.map(page -> new RunHistory());
    Optional<String> scenario =
        arguments.hasMatchedOption("--scenario")
            ? Optional.of(arguments.matchedOptionValue("--scenario", ""))
            : Optional.empty();
    RunRecording.Replayed replayed;
    try (ProgressLine progress = new ProgressLine(console.err(), console.progress(), nanoTime)) {
      Optional<Path> trace = Arguments.file("--trace", arguments);
      replayed = backend.replay(recording, scenario, trace, history, progress);
    }
    RunResult result = replayed.result();
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> text(file, recording, replayed, console.style());
              case JSON -> json(recording, replayed);
            });
    if (report.isPresent() && history.isPresent()) {
      String command = "heddle replay " + Shell.quoted(file.toString());
      String settings = scenario.map(backend::explain).orElse(recording.scenario());
      Output.write(
          report.get(),
          HtmlReport.of(new ReportedRun(result, history.get(), command, settings)),
          "the report");
    }
    List<String> violated =
        result.violations().stream().map(RunResult.Violation::invariant).toList();
    ExitCode code = ExitCode.ofViolations(violated);
    return code == ExitCode.PASSED && !same(recording, replayed) ? ExitCode.DIFFERENT : code;
  }

  private static RunRecording read(Path file) {
    try {
      return RecordingFile.parse(new String(Input.bytes(file, MOST_BYTES), UTF_8));
    } catch (IllegalArgumentException wrong) {
      throw new UserError(file + " is no recording of a run: " + wrong.getMessage(), wrong);
    }
  }

  private static boolean same(RunRecording recording, RunRecording.Replayed replayed) {
    return replayed.divergence().isEmpty()
        && recording.traceHash().equals(replayed.result().traceHash());
  }

  /** What became of the recorded run, in a sentence. */
  private static String comparison(RunRecording recording, RunRecording.Replayed replayed) {
    if (replayed.divergence().isPresent()) {
      return replayed.divergence().get();
    }
    return same(recording, replayed)
        ? "the same run, step by step (trace " + recording.traceHash() + ")"
        : "the same decisions, but other steps (trace "
            + replayed.result().traceHash()
            + ", recorded "
            + recording.traceHash()
            + ")";
  }

  private static String text(
      Path file, RunRecording recording, RunRecording.Replayed replayed, Style style) {
    Page page = new Page(style);
    page.gap()
        .paragraph(
            "recorded: seed "
                + recording.seed()
                + " of heddle "
                + recording.version()
                + ", scenario "
                + recording.scenarioHash()
                + ", "
                + recording
                    .violation()
                    .map(name -> "violated " + name)
                    .orElse("nothing was violated"),
            2);
    page.paragraph("replayed: " + comparison(recording, replayed), 2);
    return new RunReport(replayed.result(), style)
            .text("heddle replay " + Shell.quoted(file.toString()), Optional.empty())
        + "\n"
        + page;
  }

  private static String json(RunRecording recording, RunRecording.Replayed replayed) {
    return JsonReports.json(
        json -> {
          json.writeStartObject();
          JsonReports.fields(json, replayed.result());
          json.writeBooleanField("same", same(recording, replayed));
          nullable(json, "divergence", replayed.divergence());
          json.writeStringField("recordedVersion", recording.version());
          json.writeStringField("recordedTraceHash", recording.traceHash());
          nullable(json, "recordedViolation", recording.violation());
          json.writeStringField("scenarioHash", recording.scenarioHash());
          json.writeEndObject();
        });
  }

  private static void nullable(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    } else {
      json.writeNullField(name);
    }
  }
}
