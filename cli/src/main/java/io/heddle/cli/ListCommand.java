package io.heddle.cli;

import io.heddle.scenarios.file.Nearest;
import io.heddle.scenarios.file.ScenarioLibrary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code heddle list}. */
record ListCommand() implements Command {
  private static final int LONGEST_SHOWN = 20;

  @Override
  public CommandSpec spec() {
    return Arguments.command(
            "list", "List the scenarios that have a name.", example(), "heddle list --tags")
        .addOption(
            OptionSpec.builder("--tag")
                .paramLabel("TAG")
                .type(String.class)
                // Asked for a shell's completion only: it takes reading all files.
                .completionCandidates(
                    () ->
                        ScenarioLibrary.list().stream()
                            .flatMap(entry -> entry.tags().stream())
                            .sorted()
                            .distinct()
                            .iterator())
                .description("Only those with this tag.")
                .build())
        .addOption(
            OptionSpec.builder("--expect")
                .paramLabel("OUTCOME")
                .type(String.class)
                .description("Only those meant to end so: passed, or what they violate.")
                .build())
        .addOption(
            OptionSpec.builder("--tags")
                .description("The tags of these, and how many have each, instead.")
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
    Optional<String> tag = asked(arguments, "--tag");
    Optional<String> outcome = asked(arguments, "--expect");
    List<ScenarioSummary> scenarios =
        all.stream()
            .filter(each -> tag.isEmpty() || each.tags().contains(tag.get()))
            .filter(each -> outcome.isEmpty() || outcomes(each).contains(outcome.get()))
            .toList();
    if (scenarios.isEmpty() && !all.isEmpty()) {
      throw none(all, tag, outcome);
    }
    Format format = Arguments.format(arguments);
    if (arguments.hasMatchedOption("--tags")) {
      SortedMap<String, Long> tags = tags(scenarios);
      console
          .out()
          .print(
              switch (format) {
                case TEXT -> ListReport.tags(tags, console.style());
                case JSON -> JsonReports.tags(tags);
              });
      return ExitCode.PASSED;
    }
    console
        .out()
        .print(
            switch (format) {
              case TEXT -> ListReport.text(scenarios, console.style());
              case JSON -> JsonReports.list(scenarios);
            });
    return ExitCode.PASSED;
  }

  private static Optional<String> asked(ParseResult arguments, String option) {
    return Optional.of(arguments.matchedOptionValue(option, "")).filter(each -> !each.isEmpty());
  }

  /** Of {@code threshold:response_time.p90} also what the table shows of it. */
  private static List<String> outcomes(ScenarioSummary scenario) {
    return List.of(scenario.expects(), ListReport.kind(scenario.expects()));
  }

  private static SortedMap<String, Long> tags(Collection<ScenarioSummary> scenarios) {
    return scenarios.stream()
        .flatMap(each -> each.tags().stream())
        .collect(Collectors.groupingBy(tag -> tag, TreeMap::new, Collectors.counting()));
  }

  private static UserError none(
      List<ScenarioSummary> all, Optional<String> tag, Optional<String> outcome) {
    Collection<String> tags = tags(all).keySet();
    List<String> outcomes =
        all.stream().flatMap(each -> outcomes(each).stream()).sorted().distinct().toList();
    if (tag.isPresent() && !tags.contains(tag.get())) {
      return new UserError(
          "no tag '"
              + shown(tag.get())
              + "'"
              + Nearest.to(tag.get(), tags).map(near -> "; nearest: " + near).orElse("")
              + " (heddle list --tags)");
    }
    if (outcome.isPresent() && !outcomes.contains(outcome.get())) {
      List<String> kinds = outcomes.stream().map(ListReport::kind).distinct().toList();
      return new UserError(
          "no scenario ends as '" + shown(outcome.get()) + "'; known: " + String.join(", ", kinds));
    }
    List<String> both = new ArrayList<>();
    tag.ifPresent(each -> both.add("the tag '" + shown(each) + "'"));
    outcome.ifPresent(each -> both.add("the outcome '" + shown(each) + "'"));
    return new UserError("no scenario has " + String.join(" and ", both));
  }

  private static String shown(String name) {
    return Page.cut(name, LONGEST_SHOWN);
  }
}
