package io.heddle.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle completion}. */
record CompletionCommand() implements Command {
  private static final String NAMES = "compReplyArray \"${NAMEFILE_pos_param_args[@]}\"";
  private static final String FILES = "; compgen -f -- \"${curr_word}\"";

  /** One script does for both. */
  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "completion",
            "Print a script with which a shell completes commands, options and scenarios.",
            example())
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .converters(Arguments.converter(CompletionCommand::shell))
                .completionCandidates(SHELLS)
                .paramLabel("bash|zsh")
                .description("The shell.")
                .build())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "source <(heddle completion bash)";
  }

  private static String shell(String name) {
    if (!SHELLS.contains(name)) {
      throw new IllegalArgumentException("it must be bash or zsh");
    }
    return name;
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    CommandLine heddle = arguments.commandSpec().root().commandLine();
    // Where a scenario is due, its name is; a file will do as well.
    console.out().print(AutoComplete.bash("heddle", heddle).replace(NAMES, NAMES + FILES));
    return ExitCode.PASSED;
  }
}
