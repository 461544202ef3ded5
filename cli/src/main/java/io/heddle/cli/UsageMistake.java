package io.heddle.cli;

import io.heddle.scenarios.file.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line. */
final class UsageMistake {
  private static final String WHOSE =
      "(?:positional parameter at index \\S+ \\((?<parameter>\\w+)\\)|option '(?<option>\\S+)').*";
  private static final List<Pattern> TOO_FEW =
      List.of(
          Pattern.compile(
              "Expected parameter \\d+ \\(of (?<least>\\d+) mandatory parameters\\) for " + WHOSE),
          Pattern.compile(WHOSE + " requires at least (?<least>\\d+) values, .*"));

  /** What picocli says of a value before it says what is wrong with that. */
  private static final Pattern INVALID =
      Pattern.compile(
          "Invalid value for (?:option '(?<option>[^']+)'|positional parameter)"
              + "(?: at index \\S+)?(?: \\([^)]*\\))?: (?<wrong>'.*)");

  private static final Pattern NO_VALUE =
      Pattern.compile(
          "Missing required parameter for option '(?<option>[^']+)' \\((?<value>.+)\\)");

  private UsageMistake() {}

  static String words(ParameterException failure) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    String wrong =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched(command, unmatched.getUnmatched())
            : inOurWords(Objects.requireNonNullElse(failure.getMessage(), ""));
    return wrong + " (" + command.qualifiedName() + " --help)";
  }

  private static String inOurWords(String message) {
    String line = message.lines().findFirst().orElse("");
    for (Pattern pattern : TOO_FEW) {
      Matcher tooFew = pattern.matcher(line);
      if (tooFew.matches()) {
        String name = Objects.requireNonNullElse(tooFew.group("parameter"), tooFew.group("option"));
        return name + " needs at least " + tooFew.group("least") + " values";
      }
    }
    Matcher invalid = INVALID.matcher(line);
    if (invalid.matches()) {
      String option = invalid.group("option");
      return (option == null ? "" : option + " ") + invalid.group("wrong");
    }
    Matcher noValue = NO_VALUE.matcher(line);
    return noValue.matches()
        ? noValue.group("option") + " needs a value: " + noValue.group("value")
        : line;
  }

  /** What follows an unknown option may be its value: the first one is what is wrong. */
  private static String unmatched(CommandSpec command, List<String> given) {
    String first =
        given.stream().filter(each -> each.startsWith("-")).findFirst().orElse(given.get(0));
    if (first.startsWith("-")) {
      String name = first.replaceFirst("=.*", "");
      return "unknown option '" + name + "'" + near(name, command.optionsMap().keySet());
    }
    return command.parent() == null
        ? "unknown command '" + first + "'" + near(first, command.subcommands().keySet())
        : "unexpected argument '" + first + "'";
  }

  private static String near(String name, Collection<String> known) {
    return Nearest.to(name, known).map(each -> "; did you mean '" + each + "'?").orElse("");
  }
}
