package io.heddle.cli;

import io.heddle.scenarios.file.ScenarioSchema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle schema}. */
record SchemaCommand() implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "schema", "Print the JSON Schema of scenario files, for editors.", example())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle schema > scenario.schema.json";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    console.out().print(ScenarioSchema.json());
    return ExitCode.PASSED;
  }
}
