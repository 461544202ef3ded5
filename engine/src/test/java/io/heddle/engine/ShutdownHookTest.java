package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Test;

/** A signal stops a source that asked for it, in a JVM that really gets one. */
class ShutdownHookTest {
  /** What the JVM runs that is signalled. */
  static final class Application {
    private Application() {}

    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch polled = new CountDownLatch(1);
      KafkaClients clients =
          new KafkaClients(
              () -> consumer(polled),
              () -> {
                throw new AssertionError("nothing is sent");
              });
      EventSource source =
          new EventSource(EventSourceConfig.of("in"), clients, EngineRuntime.system());
      source.registerDefault(record -> record, (context, record) -> ExecutionState.COMPLETE);
      ShutdownHook hook = ShutdownHook.install(source, Duration.ofSeconds(30));
      if (arguments[0].equals("closed")) {
        hook.close();
        hook.close();
      }
      source.start();
      polled.await();
      System.out.println("running");
      source.awaitShutdown();
      // The JVM has begun to end, and waits for the hook only.
      System.out.println("ended " + source.state());
    }

    private static Consumer<byte[], byte[]> consumer(CountDownLatch polled) {
      CountDownLatch woken = new CountDownLatch(1);
      @SuppressWarnings("unchecked")
      Consumer<byte[], byte[]> consumer =
          (Consumer<byte[], byte[]>)
              Proxy.newProxyInstance(
                  Application.class.getClassLoader(),
                  new Class<?>[] {Consumer.class},
                  (self, method, given) -> {
                    switch (method.getName()) {
                      case "poll" -> {
                        polled.countDown();
                        boolean unused = woken.await(50, TimeUnit.MILLISECONDS);
                        return ConsumerRecords.empty();
                      }
                      case "wakeup" -> woken.countDown();
                      case "close" -> System.out.println("closed the consumer");
                      case "subscribe" -> {
                        return null;
                      }
                      default -> throw new UnsupportedOperationException(method.toString());
                    }
                    return null;
                  });
      return consumer;
    }
  }

  private static Process start(String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName(),
            mode)
        .redirectErrorStream(true)
        .start();
  }

  private static List<String> signalled(String mode) throws Exception {
    Process process = start(mode);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals("running")) {
        line = out.readLine();
      }
      assertThat(line).isEqualTo("running");
      // Not Process.destroy, which closes the stream that is read from.
      assertThat(process.toHandle().destroy()).isTrue();
      List<String> rest = out.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return rest;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void stopsTheSourceBeforeTheJvmEnds() throws Exception {
    assertThat(signalled("installed")).contains("closed the consumer");
  }

  @Test
  void doesNothingOnceItIsClosed() throws Exception {
    assertThat(signalled("closed")).isEmpty();
  }

  @Test
  void refusesPatienceByName() {
    Rig rig = new Rig();
    assertThatThrownBy(() -> ShutdownHook.install(rig.source, Duration.ZERO))
        .hasMessage("patience must be positive, was PT0S");
  }
}
