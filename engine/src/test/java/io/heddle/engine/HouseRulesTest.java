package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the engine's sources must not say, and what to say instead. */
class HouseRulesTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final int MAX_LINES = 400;
  private static final Map<String, String> BANNED =
      new TreeMap<>(
          Map.of(
              "System.nanoTime", "EngineRuntime.nanoTime",
              "System.currentTimeMillis", "EngineRuntime.clock",
              "Thread.sleep", "a Monitor with a deadline",
              "CountDownLatch", "a Monitor",
              "LockSupport", "a Monitor",
              "synchronized", "a lock of the EngineRuntime, or a compare-and-set",
              "new Random", "nothing: the engine does not draw",
              "SuppressWarnings", "code that needs none",
              "io.heddle.simulator", "an interface of the JDK or of kafka-clients",
              ".internals.", "kafka-clients' public API"));

  @Test
  void theSourcesKeepTheRules() throws IOException {
    List<String> broken = new ArrayList<>();
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        check(file, broken);
      }
    }

    assertThat(broken).isEmpty();
  }

  private static void check(Path file, List<String> broken) throws IOException {
    String text = Files.readString(file);
    if (text.lines().count() > MAX_LINES) {
      broken.add(file + " is longer than " + MAX_LINES + " lines");
    }
    if (file.endsWith("EngineRuntime.java")) {
      return;
    }
    BANNED.forEach(
        (word, instead) -> {
          if (text.contains(word)) {
            broken.add(file + " says " + word + "; use " + instead);
          }
        });
  }
}
