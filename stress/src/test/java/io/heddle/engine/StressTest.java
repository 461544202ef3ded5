package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs all jcstress tests, in a JVM of their own: a few seconds each, or what is asked for. */
class StressTest {
  private static final String SHORT =
      "-m quick -sc false -af NONE -f 1 -iters 1 -time 500 -jvmArgs -Xmx256m";

  @Test
  void noRaceHasAnOutcomeThatIsForbidden() throws Exception {
    Path results = Files.createDirectories(Path.of("target", "stress").toAbsolutePath());
    String options = System.getProperty("stress.options", "");
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.openjdk.jcstress.Main",
                    "-r",
                    results.toString()),
                Stream.of((options.isBlank() ? SHORT : options).split(" ", -1)))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .directory(results.toFile()) // what it keeps of a run goes where it runs
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("Failed tests: No matches", "Error tests: No matches");
  }
}
