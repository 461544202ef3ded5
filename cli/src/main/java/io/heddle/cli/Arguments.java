package io.heddle.cli;

import io.heddle.scenarios.file.ScenarioLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The options and parameters that commands have in common. */
final class Arguments {
  private static final List<String> OUTPUTS =
      List.of(
          "--trace",
          "--record",
          "--history",
          "--report",
          "--hlog",
          "--hgrm",
          "--junit",
          "--summary",
          "--out");

  private Arguments() {}

  /** A command with a description and examples of its use. */
  static CommandSpec command(String name, String description, String... examples) {
    CommandSpec spec = CommandSpec.create().name(name);
    Stream<String> heading = Stream.of("", examples.length == 1 ? "Example:" : "Examples:");
    Stream<String> lines = Arrays.stream(examples).map(example -> "  " + example);
    spec.usageMessage()
        .description(description)
        .footer(Stream.concat(heading, lines).toArray(String[]::new))
        .sortOptions(false)
        .abbreviateSynopsis(false)
        .width(Page.WIDTH);
    return spec;
  }

  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help and exit.")
        .build();
  }

  static PositionalParamSpec scenario() {
    return PositionalParamSpec.builder()
        .index("0")
        .arity("1")
        .required(true)
        .type(String.class)
        .completionCandidates(ScenarioLibrary.names())
        .paramLabel("NAME|FILE")
        .description("A scenario of the list, or a scenario file.")
        .build();
  }

  static String scenario(ParseResult arguments) {
    return arguments.matchedPositionalValue(0, "");
  }

  static OptionSpec seed() {
    return OptionSpec.builder("--seed")
        .paramLabel("N")
        .type(Long.class)
        .converters(converter(Arguments::seed))
        .description("The seed; the scenario's own if not given.")
        .build();
  }

  static OptionalLong seed(ParseResult arguments) {
    return arguments.hasMatchedOption("--seed")
        ? OptionalLong.of(arguments.matchedOptionValue("--seed", 0L))
        : OptionalLong.empty();
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a seed is a whole number of up to 64 bits", e);
    }
  }

  static OptionSpec kafka() {
    return OptionSpec.builder("--kafka")
        .paramLabel("KAFKA")
        .type(KafkaTarget.class)
        .converters(converter(KafkaTarget::parse))
        .completionCandidates(KafkaTarget.NAMES)
        .description(
            "simulated (if not given), simulated-realtime (the same on the computer's clock and on"
                + " real threads), embedded (real brokers, started for this run),"
                + " container[:IMAGE] (one in a container) or HOST:PORT of a Kafka that is"
                + " running.")
        .build();
  }

  static OptionSpec clientProperties() {
    return file("--client-properties", "Settings of Kafka clients, for TLS and SASL.");
  }

  /** The Kafka to run on, with the settings that its clients need. */
  static KafkaTarget kafka(ParseResult arguments) {
    KafkaTarget kafka = arguments.matchedOptionValue("--kafka", new KafkaTarget.Simulated());
    Optional<Path> file = file("--client-properties", arguments);
    if (file.isEmpty()) {
      return kafka;
    }
    if (kafka instanceof KafkaTarget.Remote remote) {
      return new KafkaTarget.Remote(remote.bootstrapServers(), ClientProperties.read(file.get()));
    }
    throw new ParameterException(
        arguments.commandSpec().commandLine(), "--client-properties needs --kafka HOST:PORT");
  }

  static OptionSpec format() {
    return OptionSpec.builder("--format")
        .paramLabel("text|json")
        .type(Format.class)
        .converters(converter(Format::parse))
        .completionCandidates(List.of("text", "json"))
        .description("How to write the result; text if not given.")
        .build();
  }

  static Format format(ParseResult arguments) {
    return arguments.matchedOptionValue("--format", Format.TEXT);
  }

  static OptionSpec junit() {
    return file("--junit", "Write the result as JUnit's XML to this file, too.");
  }

  static OptionSpec record() {
    return file("--record", "Write all decisions of the run, for heddle replay, to this file.");
  }

  static OptionSpec summary() {
    return file("--summary", "Write the result as Markdown to this file, too.");
  }

  /** An option that names a file. */
  static OptionSpec file(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("FILE")
        .type(Path.class)
        .description(description)
        .build();
  }

  /** The file that an option names, if it is given. */
  static Optional<Path> file(String name, ParseResult arguments) {
    return arguments.hasMatchedOption(name)
        ? Optional.of(arguments.matchedOptionValue(name, Path.of("")))
        : Optional.empty();
  }

  /** Refuses files that cannot be written, before the work whose result they are for. */
  static void checkOutputs(ParseResult arguments) {
    Map<Path, String> named = new HashMap<>();
    for (String name : OUTPUTS) {
      Path file = file(name, arguments).orElse(null);
      if (file == null) {
        continue;
      }
      String other = named.putIfAbsent(file.toAbsolutePath().normalize(), name);
      if (other != null && (Files.notExists(file) || Files.isRegularFile(file))) {
        throw new ParameterException(
            arguments.commandSpec().commandLine(),
            other + " and " + name + " name the same file, " + file);
      }
      Output.check(file);
    }
  }

  /** Turns the complaints of a parser into picocli's. */
  static <T> ITypeConverter<T> converter(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "': " + e.getMessage());
      }
    };
  }
}
