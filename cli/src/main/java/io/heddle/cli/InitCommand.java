package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle init}. */
record InitCommand() implements Command {
  private static final Path FILE = Path.of("scenario.yaml");

  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "init", "Write a scenario to start from, with comments on what can be said.", example())
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(Path.class)
                .paramLabel("FILE")
                .description("The new file; scenario.yaml if not given.")
                .build())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle init my-scenario.yaml";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    Path file = arguments.matchedPositionalValue(0, FILE);
    if (Files.exists(file)) {
      throw new UserError(file + " exists already, and is left as it is");
    }
    Output.writeNew(file, template(), "the scenario");
    String shown = Shell.quoted(file.toString());
    Page page = new Page(console.style()).paragraph("wrote " + file, 2);
    page.paragraph("run it: heddle run " + shown, 2);
    console.out().print(page);
    return ExitCode.PASSED;
  }

  /** The text of the file. */
  static String template() {
    try (InputStream in = InitCommand.class.getResourceAsStream("init.yaml")) {
      if (in == null) {
        throw new IllegalStateException("init.yaml is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
