package io.heddle.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The jars of what starts a real Kafka, loaded apart from this program: a server brings its own
 * copy of everything, kafka-clients too, and shares nothing with the clients that connect to it but
 * the socket.
 */
final class KafkaJars {
  private static final String EMBEDDED = "io.heddle.embedded.EmbeddedKafka";
  private static final String CONTAINER = "io.heddle.container.ContainerKafka";

  private final List<URL> jars;

  private KafkaJars(List<URL> jars) {
    this.jars = List.copyOf(jars);
  }

  static KafkaJars in(Path directory) throws IOException {
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path file : files) {
        jars.add(file.toUri().toURL());
      }
    }
    return new KafkaJars(jars);
  }

  /** Starts brokers in this JVM. */
  RealKafka embedded(int brokers, Map<String, String> serverProperties)
      throws IOException, InterruptedException {
    return start(
        "embedded-kafka",
        loader -> {
          Class<?> entry = loader.loadClass(EMBEDDED);
          Object kafka =
              entry
                  .getMethod("start", int.class, Map.class)
                  .invoke(null, brokers, serverProperties);
          entry
              .getMethod("closeAtExitAfter", Duration.class)
              .invoke(kafka, Interruption.PATIENCE.plusSeconds(1));
          return kafka;
        });
  }

  /** Starts a broker in a container. */
  RealKafka container(String image, Map<String, String> serverProperties)
      throws IOException, InterruptedException {
    return start(
        "container-kafka",
        loader ->
            loader
                .loadClass(CONTAINER)
                .getMethod("start", String.class, Map.class)
                .invoke(null, image, serverProperties));
  }

  private RealKafka start(String name, Entry entry) throws IOException, InterruptedException {
    URLClassLoader loader =
        new URLClassLoader(name, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    try {
      return within(
          loader,
          () -> {
            AutoCloseable kafka = (AutoCloseable) entry.start(loader);
            Method servers = kafka.getClass().getMethod("bootstrapServers");
            return new Loaded(loader, kafka, (String) servers.invoke(kafka));
          });
    } catch (IOException | InterruptedException | RuntimeException e) {
      loader.close();
      throw e;
    }
  }

  /** Kafka loads by way of the thread's context class loader, which its threads inherit. */
  private static <T> T within(ClassLoader loader, ReflectiveCall<T> call)
      throws IOException, InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof InterruptedException interrupt) {
        throw interrupt;
      }
      throw new IllegalStateException("the Kafka of " + loader.getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the jars of " + loader.getName() + " do not fit this program", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private interface Entry {
    Object start(ClassLoader loader) throws ReflectiveOperationException;
  }

  private interface ReflectiveCall<T> {
    T run() throws ReflectiveOperationException;
  }

  private record Loaded(URLClassLoader loader, AutoCloseable kafka, String bootstrapServers)
      implements RealKafka {
    @Override
    public void close() throws IOException {
      try (loader) {
        kafka.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("Kafka did not stop in good order", e);
      }
    }
  }
}
