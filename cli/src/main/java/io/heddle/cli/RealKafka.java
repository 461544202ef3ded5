package io.heddle.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real Kafka that runs for as long as this is open. */
public interface RealKafka extends AutoCloseable {
  /** {@code HOST:PORT}, one for each broker, separated by commas. */
  String bootstrapServers();

  @Override
  void close() throws IOException;

  /**
   * Starts real brokers in this JVM and returns once they take requests. Their jars are not on the
   * class path: they are loaded from where the system property {@code heddle.embedded} says, as the
   * launcher does when the arguments ask for them, or else from the folder {@code heddle-embedded}
   * beside this program's jar.
   *
   * @param serverProperties Kafka's own names, for example {@code group.initial.rebalance.delay.ms}
   */
  static RealKafka embedded(int brokers, Map<String, String> serverProperties)
      throws IOException, InterruptedException {
    return jars("embedded").embedded(brokers, serverProperties);
  }

  /**
   * Starts a broker in a container and returns once it takes requests. The jars for it are found as
   * those of {@link #embedded} are, by {@code heddle.container} or in {@code heddle-container}.
   *
   * @param image such as {@code apache/kafka:4.3.1}
   */
  static RealKafka container(String image, Map<String, String> serverProperties)
      throws IOException, InterruptedException {
    return jars("container").container(image, serverProperties);
  }

  private static KafkaJars jars(String name) throws IOException {
    @Nullable String said = System.getProperty("heddle." + name);
    Path directory = said == null ? beside().resolve("heddle-" + name) : Path.of(said);
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          "--kafka "
              + name
              + " needs jars of its own, which ./heddle builds; there are none in "
              + directory);
    }
    return KafkaJars.in(directory);
  }

  /** The folder that this program's jar is in. */
  private static Path beside() {
    try {
      Path program =
          Path.of(RealKafka.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return program.resolveSibling("");
    } catch (URISyntaxException odd) {
      throw new IllegalStateException("this program does not know where its jar is", odd);
    }
  }
}
