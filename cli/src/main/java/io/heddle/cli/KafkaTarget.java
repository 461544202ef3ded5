package io.heddle.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Kafka that a scenario is run on. */
public sealed interface KafkaTarget {
  /** The name in reports and on the command line. */
  String label();

  /** The deterministic Kafka, in virtual time. */
  record Simulated() implements KafkaTarget {
    @Override
    public String label() {
      return "simulated";
    }
  }

  /** Real brokers in this JVM, started for the run: see {@link RealKafka#embedded}. */
  record Embedded() implements KafkaTarget {
    @Override
    public String label() {
      return "embedded";
    }
  }

  /** A Kafka that is running already. */
  record Remote(String bootstrapServers) implements KafkaTarget {
    @Override
    public String label() {
      return bootstrapServers;
    }
  }

  /** Reads {@code simulated}, {@code embedded} or {@code HOST:PORT}, the last also as a list. */
  static KafkaTarget parse(String text) {
    return switch (text) {
      case "simulated" -> new Simulated();
      case "embedded" -> new Embedded();
      default -> remote(text);
    };
  }

  private static Remote remote(String text) {
    for (String server : text.split(",", -1)) {
      Matcher matcher = Pattern.compile("(\\[[^\\[\\]]+\\]|[^:\\s]+):(\\d{1,5})").matcher(server);
      if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
        throw new IllegalArgumentException("it must be simulated, embedded or HOST:PORT");
      }
    }
    return new Remote(text);
  }
}
