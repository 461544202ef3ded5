package io.heddle.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle list}. */
record ListCommand() implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command("list", "List the scenarios that have a name.", example())
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle list";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    List<ScenarioSummary> scenarios = backend.list();
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> ListReport.text(scenarios);
              case JSON -> JsonReports.list(scenarios);
            });
    return ExitCode.PASSED;
  }
}
