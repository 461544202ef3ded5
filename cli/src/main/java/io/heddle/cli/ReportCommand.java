package io.heddle.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle report}. */
record ReportCommand() implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "report", "Put the reports of two or more runs side by side on one page.", example())
        .addPositional(
            PositionalParamSpec.builder()
                .index("0..*")
                .arity("2..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .paramLabel("REPORT")
                .description("What heddle run --report wrote; the first one is shown whole.")
                .build())
        .addOption(
            Arguments.file("--out", "Where to write the page.").toBuilder().required(true).build())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle report before.html after.html --out both.html";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    List<Path> pages = arguments.matchedPositionalValue(0, List.of());
    Path out = Arguments.file("--out", arguments).orElseThrow();
    Output.write(out, HtmlReport.sideBySide(pages), "the page");
    console.out().print(new Page(console.style()).paragraph("wrote " + out, 2));
    return ExitCode.PASSED;
  }
}
