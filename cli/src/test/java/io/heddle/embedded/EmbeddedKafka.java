package io.heddle.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Stands in for the class of that name in the server's jars, to see how it is loaded. */
public final class EmbeddedKafka implements AutoCloseable {
  /** The system property that is set when one is closed. */
  public static final String CLOSED = "heddle.test.closed";

  private final String description;

  private EmbeddedKafka(String description) {
    this.description = description;
  }

  public static EmbeddedKafka start(int brokers, Map<String, String> properties)
      throws IOException {
    if (brokers == 0) {
      throw new IOException("no brokers");
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return new EmbeddedKafka(
        brokers + " " + properties + " " + context.getName() + " " + context.getParent().getName());
  }

  public String bootstrapServers() {
    return description;
  }

  public void closeAtExitAfter(Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("no time to close");
    }
  }

  @Override
  public void close() {
    System.setProperty(CLOSED, "yes");
  }
}
