package io.heddle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.embedded.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real broker in a JVM of its own, which lives until its standard input ends: so it is gone with
 * whoever has started it, in any case.
 */
final class BrokerProcess implements AutoCloseable {
  private static final String READY = "bootstrap=";
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final String address;

  private BrokerProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** The program of that JVM. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(1, Map.of())) {
      System.out.println(READY + kafka.bootstrapServers());
      while (System.in.read() >= 0) {
        // Whoever started this says nothing but that it has gone.
      }
    }
  }

  /** Starts it, and returns once it takes requests. */
  static BrokerProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-XX:+UseParallelGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerProcess.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // Closed with the process, and read to its end only then.
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = output.readLine();
    while (line != null && !line.startsWith(READY)) {
      line = output.readLine();
    }
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("the broker ended before it was ready");
    }
    return new BrokerProcess(process, line.substring(READY.length()));
  }

  /** Its {@code bootstrap.servers}. */
  String address() {
    return address;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the broker did not end within " + PATIENCE_SECONDS + " s");
    }
  }
}
