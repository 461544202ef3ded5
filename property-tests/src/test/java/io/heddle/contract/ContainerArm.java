package io.heddle.contract;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Kafka in a container, where a Docker engine answers; all but that is as with {@link
 * RealArm}. What starts it is loaded apart from the tests, for its jars are not to be on their
 * class path. As a condition of tests it says why there is no such Kafka.
 */
final class ContainerArm implements ExecutionCondition {
  private static final Path JARS = Path.of("..", "container-kafka/target/heddle-container/lib");
  private static final String NO_ENGINE = "no Docker engine answers";

  /** Starts with its first use and ends with the JVM, as Testcontainers sees to. */
  private static final class Container {
    static final Object SHARED = start();

    /** A broker, or in a string why there is none. */
    private static Object start() {
      if (!Files.isDirectory(JARS)) {
        return "container-kafka is not built: mvn -pl container-kafka package";
      }
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      try {
        ClassLoader loader =
            new URLClassLoader("container-kafka", jars(), ClassLoader.getPlatformClassLoader());
        thread.setContextClassLoader(loader);
        Class<?> entry = loader.loadClass("io.heddle.container.ContainerKafka");
        Object kafka =
            entry
                .getMethod("start", String.class, Map.class)
                .invoke(null, "apache/kafka:4.3.1", RealArm.SETTINGS);
        return RealArm.Broker.at((String) entry.getMethod("bootstrapServers").invoke(kafka));
      } catch (InvocationTargetException failed) {
        String reason = String.valueOf(failed.getCause().getMessage());
        if (reason.startsWith(NO_ENGINE)) {
          return reason;
        }
        throw new IllegalStateException("no container to try the contracts on", failed.getCause());
      } catch (ReflectiveOperationException | IOException failed) {
        throw new IllegalStateException("the jars in " + JARS + " do not fit", failed);
      } finally {
        thread.setContextClassLoader(before);
      }
    }

    private static URL[] jars() throws IOException {
      List<URL> jars = new ArrayList<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(JARS, "*.jar")) {
        for (Path file : files) {
          jars.add(file.toUri().toURL());
        }
      }
      return jars.toArray(URL[]::new);
    }
  }

  static void run(Contract.Body body) throws Exception {
    RealArm.run(body, (RealArm.Broker) Container.SHARED);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(@Nullable ExtensionContext context) {
    return Container.SHARED instanceof String reason
        ? ConditionEvaluationResult.disabled("contracts in a container: " + reason)
        : ConditionEvaluationResult.enabled("a container runs");
  }
}
