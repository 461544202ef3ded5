package io.heddle.cli;

import io.heddle.scenarios.file.Nearest;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Kafka that a scenario is run on. */
public sealed interface KafkaTarget {
  /** Those that are said by a name alone. */
  List<String> NAMES = List.of("simulated", "simulated-realtime", "embedded", "container");

  /** The name in reports and on the command line. */
  String label();

  /** The deterministic Kafka, in virtual time. */
  record Simulated() implements KafkaTarget {
    @Override
    public String label() {
      return "simulated";
    }
  }

  /** The same on the computer's clock, each member on threads of its own. */
  record SimulatedRealTime() implements KafkaTarget {
    @Override
    public String label() {
      return "simulated-realtime";
    }
  }

  /** Real brokers in this JVM, started for the run: see {@link RealKafka#embedded}. */
  record Embedded() implements KafkaTarget {
    @Override
    public String label() {
      return "embedded";
    }
  }

  /** A broker in a container, started for the run: see {@link RealKafka#container}. */
  record Container(String image) implements KafkaTarget {
    /** What is run where no image is named. */
    static final String USUAL = "apache/kafka:4.3.1";

    @Override
    public String label() {
      return "container:" + image;
    }
  }

  /**
   * A Kafka that is running already.
   *
   * @param properties that its clients need
   */
  record Remote(String bootstrapServers, Map<String, String> properties) implements KafkaTarget {
    /** Copies the properties. */
    public Remote {
      properties = Map.copyOf(properties);
    }

    @Override
    public String label() {
      return bootstrapServers;
    }
  }

  /**
   * Reads {@code simulated}, {@code simulated-realtime}, {@code embedded}, {@code container},
   * {@code container:IMAGE} or {@code HOST:PORT}, the last also as a list.
   */
  static KafkaTarget parse(String text) {
    return switch (text) {
      case "simulated" -> new Simulated();
      case "simulated-realtime" -> new SimulatedRealTime();
      case "embedded" -> new Embedded();
      case "container" -> new Container(Container.USUAL);
      default -> text.startsWith("container:") ? container(text.substring(10)) : remote(text);
    };
  }

  private static Container container(String image) {
    if (!image.matches("\\S+")) {
      throw new IllegalArgumentException("an image is named as in container:apache/kafka:4.3.1");
    }
    return new Container(image);
  }

  private static Remote remote(String text) {
    for (String server : text.split(",", -1)) {
      Matcher matcher = Pattern.compile("(\\[[^\\[\\]]+\\]|[^:\\s]+):(\\d{1,5})").matcher(server);
      if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
        throw new IllegalArgumentException(
            "it must be simulated, simulated-realtime, embedded, container[:IMAGE] or HOST:PORT"
                + Nearest.to(text, NAMES).map(near -> "; did you mean '" + near + "'?").orElse(""));
      }
    }
    return new Remote(text, Map.of());
  }
}
