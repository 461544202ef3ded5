package io.heddle.cli;

import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.model.Threshold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The options of {@code heddle load} that say how much load there is and what it must stand. */
final class LoadArguments {
  private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(k?)(?:/s)?");
  private static final Pattern THRESHOLD = Pattern.compile("([a-z_]+)(?:\\.([a-z0-9.]+))?=(.+)");

  private LoadArguments() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
            OptionSpec.builder("--rate")
                .paramLabel("N")
                .type(Double.class)
                .converters(Arguments.converter(LoadArguments::rate))
                .description("Records per second, all told; the scenario's own if not given.")
                .build())
        .addOption(time("--for", "How long to measure; 30s if not given."))
        .addOption(time("--warm-up", "How long to go at the first rate before that."))
        .addOption(time("--ramp", "How long to climb from nothing to that rate first."))
        .addOption(
            number("--steps", "N", "Reach the rate in so many equal steps, each told apart."))
        .addOption(flag("--poisson", "Let records be due at random, not at equal distances."))
        .addOption(
            number(
                "--closed-loop",
                "N",
                "Keep N records under way instead, the next due when one is complete."))
        .addOption(
            OptionSpec.builder("--threshold")
                .paramLabel("WHAT=LIMIT")
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(Threshold.class)
                .converters(Arguments.converter(LoadArguments::threshold))
                .description(
                    "Fail unless it stays below, as in response_time.p99=50ms or max_lag=1000;"
                        + " can be given several times.")
                .build())
        .addOption(flag("--no-checks", "Do not judge the scenario's invariants."));
  }

  private static OptionSpec time(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("TIME")
        .type(Duration.class)
        .converters(Arguments.converter(TimeSpan::parse))
        .description(description)
        .build();
  }

  private static OptionSpec number(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(Integer.class)
        .converters(Arguments.converter(LoadArguments::number))
        .description(description)
        .build();
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).description(description).build();
  }

  /** How much load there is. */
  static LoadPlan plan(ParseResult arguments) {
    try {
      return new LoadPlan(
          arguments.hasMatchedOption("--rate")
              ? OptionalDouble.of(arguments.matchedOptionValue("--rate", 0.0))
              : OptionalDouble.empty(),
          arguments.matchedOptionValue("--ramp", Duration.ZERO),
          arguments.matchedOptionValue("--warm-up", Duration.ZERO),
          arguments.matchedOptionValue("--for", LoadPlan.DEFAULT.lasting()),
          arguments.matchedOptionValue("--steps", 1),
          arguments.hasMatchedOption("--poisson"),
          arguments.matchedOptionValue("--closed-loop", 0),
          !arguments.hasMatchedOption("--no-checks"));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  static List<Threshold> thresholds(ParseResult arguments) {
    return arguments.matchedOptionValue("--threshold", List.of());
  }

  /** Two files to compare; none if there is nothing to compare. */
  static List<Path> compared(ParseResult arguments) {
    return arguments.matchedOptionValue("--compare", List.of());
  }

  private static double rate(String text) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a rate is written as in 500, 2.5k or 500/s");
    }
    double rate = Double.parseDouble(matcher.group(1)) * (matcher.group(2).isEmpty() ? 1 : 1_000);
    if (rate <= 0 || rate > 1e7) {
      throw new IllegalArgumentException("a rate is more than 0 and at most 10000000");
    }
    return rate;
  }

  /** Reads {@code 5} or {@code 5%} as a share. */
  static double percent(String text) {
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
    if (!number.matches("\\d{1,6}(\\.\\d{1,3})?")) {
      throw new IllegalArgumentException("a percentage is written as in 5 or 5%");
    }
    return Double.parseDouble(number) / 100;
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,7}") || Integer.parseInt(text) == 0) {
      throw new IllegalArgumentException("it must be a whole number from 1 to 9999999");
    }
    return Integer.parseInt(text);
  }

  private static Threshold threshold(String text) {
    Matcher matcher = THRESHOLD.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a threshold is written as in response_time.p99=50ms or max_lag=1000");
    }
    Threshold.Metric metric =
        Arrays.stream(Threshold.Metric.values())
            .filter(each -> each.label().equals(matcher.group(1)))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "it must be response_time, service_time or max_lag"));
    String asked = matcher.group(2);
    if (metric == Threshold.Metric.MAX_LAG) {
      if (asked != null || !matcher.group(3).matches("\\d{1,12}")) {
        throw new IllegalArgumentException("max_lag is limited in records, as in max_lag=1000");
      }
      return new Threshold(metric, Threshold.Statistic.MAX, Long.parseLong(matcher.group(3)));
    }
    Threshold.Statistic statistic =
        Arrays.stream(Threshold.Statistic.values())
            .filter(each -> each.label().equals(asked))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("of times, p50, p90, p99, p99.9 and max exist"));
    return new Threshold(metric, statistic, TimeSpan.parse(matcher.group(3)).toNanos());
  }
}
