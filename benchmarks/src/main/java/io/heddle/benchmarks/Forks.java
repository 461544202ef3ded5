package io.heddle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs an arm at a workload in a fresh JVM with the settings that all get. */
final class Forks {
  private static final long PATIENCE_SECONDS = 240;

  private Forks() {}

  /** The figures by name. Empty if the run failed, of which it has said why by then. */
  static Map<String, Double> run(Workload workload, Arm arm)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx2g",
                    "-XX:+UseParallelGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Fork.class.getName(),
                    workload.label(),
                    arm.label()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    Map<String, Double> figures = new LinkedHashMap<>();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.printf(
            "%s %s: not done after %d s%n", workload.label(), arm.label(), PATIENCE_SECONDS);
        return Map.of();
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      output.lines().forEach(line -> read(line, figures));
      return process.exitValue() == 0 ? figures : Map.of();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void read(String line, Map<String, Double> figures) {
    int at = line.indexOf('=');
    if (at > 0) {
      figures.put(line.substring(0, at), Double.valueOf(line.substring(at + 1)));
    }
  }
}
