package io.heddle.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle diff}. */
record DiffCommand() implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "diff",
            "Show where two traces begin to differ. Ends with 0 if they do not, and with 1 if so.",
            example())
        .addPositional(trace(0, "A", "A trace, as heddle run --trace writes it."))
        .addPositional(trace(1, "B", "Another one."))
        .addOption(Arguments.help());
  }

  private static PositionalParamSpec trace(int index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .arity("1")
        .required(true)
        .type(Path.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  @Override
  public String example() {
    return "heddle diff before.trace after.trace";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    Path a = arguments.matchedPositionalValue(0, Path.of(""));
    Path b = arguments.matchedPositionalValue(1, Path.of(""));
    TraceDiff diff = new TraceDiff();
    Optional<TraceDiff.Difference> difference = diff.compare(a, b);
    if (difference.isEmpty()) {
      console.out().println("EQUAL " + Units.count(diff.alike(), "line"));
      return ExitCode.PASSED;
    }
    console.out().print(DiffReport.text(a, b, difference.get(), console.style()));
    return ExitCode.DIFFERENT;
  }
}
