package io.heddle.cli;

import java.io.IOException;
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
   * class path: the launcher puts them where the system property {@code heddle.embedded} says, when
   * the arguments ask for them.
   *
   * @param serverProperties Kafka's own names, for example {@code group.initial.rebalance.delay.ms}
   */
  static RealKafka embedded(int brokers, Map<String, String> serverProperties)
      throws IOException, InterruptedException {
    @Nullable String directory = System.getProperty("heddle.embedded");
    if (directory == null) {
      throw new UserError("--kafka embedded works only by way of the launcher ./heddle");
    }
    return EmbeddedKafkaJars.in(Path.of(directory)).start(brokers, serverProperties);
  }
}
