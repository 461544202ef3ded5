package io.heddle.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The broker's jars, loaded apart from this program: the server brings its own copy of everything,
 * kafka-clients too, and shares nothing with the clients that connect to it but the socket.
 */
final class EmbeddedKafkaJars {
  private static final String ENTRY = "io.heddle.embedded.EmbeddedKafka";

  private final List<URL> jars;

  private EmbeddedKafkaJars(List<URL> jars) {
    this.jars = List.copyOf(jars);
  }

  static EmbeddedKafkaJars in(Path directory) throws IOException {
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path file : files) {
        jars.add(file.toUri().toURL());
      }
    }
    return new EmbeddedKafkaJars(jars);
  }

  RealKafka start(int brokers, Map<String, String> serverProperties)
      throws IOException, InterruptedException {
    URLClassLoader loader =
        new URLClassLoader(
            "embedded-kafka", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    try {
      return within(
          loader,
          () -> {
            Class<?> entry = loader.loadClass(ENTRY);
            Method start = entry.getMethod("start", int.class, Map.class);
            Method servers = entry.getMethod("bootstrapServers");
            AutoCloseable kafka = (AutoCloseable) start.invoke(null, brokers, serverProperties);
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
      throw new IllegalStateException("the embedded Kafka failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the embedded Kafka's jars do not fit this program", e);
    } finally {
      thread.setContextClassLoader(before);
    }
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
        throw new IOException("the embedded Kafka did not stop in good order", e);
      }
    }
  }
}
