package io.heddle.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle list}. */
record ListCommand() implements Command {
  @Override
  public CommandSpec spec() {
    return Arguments.command("list", "List the scenarios that have a name.", example())
        .addOption(
            OptionSpec.builder("--tag")
                .paramLabel("TAG")
                .type(String.class)
                .description("Only those with this tag.")
                .build())
        .addOption(
            OptionSpec.builder("--expect")
                .paramLabel("OUTCOME")
                .type(String.class)
                .description("Only those meant to end so: passed, or what they violate.")
                .build())
        .addOption(Arguments.format())
        .addOption(Arguments.help());
  }

  @Override
  public String example() {
    return "heddle list --tag rebalance";
  }

  @Override
  public ExitCode call(ParseResult arguments, Backend backend, Console console) {
    List<ScenarioSummary> all = backend.list();
    List<ScenarioSummary> scenarios =
        all.stream()
            .filter(each -> matches(arguments, "--tag", each.tags()))
            .filter(each -> matches(arguments, "--expect", List.of(each.expects())))
            .toList();
    if (scenarios.isEmpty() && !all.isEmpty()) {
      throw new UserError(
          "no scenario is like that; tags: "
              + all.stream()
                  .flatMap(each -> each.tags().stream())
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    console
        .out()
        .print(
            switch (Arguments.format(arguments)) {
              case TEXT -> ListReport.text(scenarios);
              case JSON -> JsonReports.list(scenarios);
            });
    return ExitCode.PASSED;
  }

  private static boolean matches(ParseResult arguments, String option, List<String> values) {
    String asked = arguments.matchedOptionValue(option, "");
    return asked.isEmpty() || values.contains(asked);
  }
}
