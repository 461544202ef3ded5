package io.heddle.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle explain}. */
record ExplainCommand() implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "explain",
            "Show a scenario as it would be run, with all that its file leaves to defaults.",
            example())
        .addPositional(Arguments.scenario())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle explain quickstart";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    String text = backend.explain(Arguments.scenario(arguments));
    console.out().print(text.endsWith("\n") ? text : text + "\n");
    return ExitCode.PASSED;
  }
}
