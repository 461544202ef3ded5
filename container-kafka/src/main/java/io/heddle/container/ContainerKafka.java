package io.heddle.container;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.ConfluentKafkaContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A broker in a container of its own, which is gone after {@link #close()}, and after the end of
 * the JVM in any case. Needs a Docker engine.
 */
public final class ContainerKafka implements AutoCloseable {
  private final GenericContainer<?> container;
  private final String bootstrapServers;

  private ContainerKafka(GenericContainer<?> container, String bootstrapServers) {
    this.container = container;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns once it takes requests.
   *
   * @param image of Apache's kafka or of another that is started alike, or of Confluent's cp-kafka
   * @param serverProperties Kafka's own names, for example {@code group.initial.rebalance.delay.ms}
   * @throws IOException if there is no Docker engine, no such image, or no broker that starts; the
   *     message says which
   */
  public static ContainerKafka start(String image, Map<String, String> serverProperties)
      throws IOException {
    DockerImageName name;
    try {
      name = DockerImageName.parse(image);
      name.assertValid();
    } catch (IllegalArgumentException wrong) {
      throw new IOException(image + " is no name of an image", wrong);
    }
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IOException("no Docker engine answers on this machine");
    }
    return name.getRepository().startsWith("confluentinc/")
        ? confluent(name, serverProperties)
        : apache(name, serverProperties);
  }

  private static ContainerKafka apache(DockerImageName image, Map<String, String> properties)
      throws IOException {
    KafkaContainer kafka = new KafkaContainer(image.asCompatibleSubstituteFor("apache/kafka"));
    run(kafka, image, properties);
    return new ContainerKafka(kafka, kafka.getBootstrapServers());
  }

  private static ContainerKafka confluent(DockerImageName image, Map<String, String> properties)
      throws IOException {
    ConfluentKafkaContainer kafka = new ConfluentKafkaContainer(image);
    run(kafka, image, properties);
    return new ContainerKafka(kafka, kafka.getBootstrapServers());
  }

  private static void run(
      GenericContainer<?> container, DockerImageName image, Map<String, String> properties)
      throws IOException {
    properties.forEach((name, value) -> container.addEnv(variable(name), value));
    try {
      container.start();
    } catch (RuntimeException failed) {
      container.stop();
      Throwable root = failed;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new IOException(image.asCanonicalNameString() + ": " + root.getMessage(), failed);
    }
  }

  /** How images take a setting: {@code a.b-c} is {@code KAFKA_A_B__C}. */
  static String variable(String property) {
    return "KAFKA_"
        + property
            .replace("_", "___")
            .replace("-", "__")
            .replace('.', '_')
            .toUpperCase(Locale.ROOT);
  }

  /** Where clients find the broker: {@code HOST:PORT}. */
  public String bootstrapServers() {
    return bootstrapServers.substring(
        bootstrapServers.indexOf("//") < 0 ? 0 : bootstrapServers.indexOf("//") + 2);
  }

  /** Stops the broker and removes its container; a second call does nothing. */
  @Override
  public void close() {
    container.stop();
  }
}
