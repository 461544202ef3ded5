package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileCommandsTest {
  private static final String TRACE = "1.000000 m1       send               c broker=0 Fetch\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void writesAScenarioThatReadsBackAndSaysHowToRunIt(@TempDir Path folder) {
    Path file = folder.resolve("a.yaml");

    assertThat(run("init", file.toString())).isEqualTo(ExitCode.PASSED);
    assertThat(ScenarioReader.read(file).name()).isEqualTo("my-scenario");
    assertThat(file).content().contains("# A scenario").doesNotContain("\t");
    assertThat(out.toString(UTF_8)).contains("heddle run").contains("a.yaml");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void writesAScenarioThatPasses(long seed) throws Exception {
    Scenario scenario = ScenarioReader.read("init", InitCommand.template().getBytes(UTF_8));

    RunResult result = ScenarioRunner.simulate(scenario, seed, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
  }

  @Test
  void leavesAFileThatIsThereAsItIs(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "mine");

    assertThat(run("init", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(file).content().isEqualTo("mine");
    assertThat(err.toString(UTF_8))
        .isEqualTo("heddle: " + file + " exists already, and is left as it is\n");
  }

  @Test
  void saysThatThereIsNoSuchDirectory(@TempDir Path folder) {
    Path file = folder.resolve("nowhere/a.yaml");

    assertThat(run("init", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "heddle: cannot write the scenario to " + file + ": there is no such directory\n");
  }

  @Test
  void differsFromAnotherTraceWithOneAndFromNoneWithTwo(@TempDir Path folder) throws IOException {
    String a = Files.writeString(folder.resolve("a.trace"), TRACE + "2\n").toString();
    String b = Files.writeString(folder.resolve("b.trace"), TRACE + "3\n").toString();

    assertThat(run("diff", a, a).value()).isEqualTo(0);
    assertThat(out.toString(UTF_8)).isEqualTo("EQUAL 2 lines\n");
    assertThat(run("diff", a, b).value()).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("DIFFERENT from line 2");
    assertThat(run("diff", a, folder.resolve("c.trace").toString()).value()).isEqualTo(2);
    assertThat(run("diff", a, folder.toString()).value()).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            heddle: cannot read %1$s/c.trace: there is no such file
            heddle: cannot read %1$s: Is a directory
            """
                .formatted(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay %s", "load --compare %s %s", "report %s %s --out %s.html"})
  void refusesAFileOfGigabytesWithoutReadingIt(String line, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("a");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(5L << 30);
    }

    assertThat(run(line.replace("%s", file.toString()).split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .startsWith("heddle: " + file + " is larger than ")
        .hasLineCount(1);
  }

  private ExitCode run(String... arguments) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new PrintStream(out, true, UTF_8), errors, Style.PLAIN, false);
    return new Heddle(
            FakeBackend::new,
            console,
            new Failures(errors, () -> false),
            () -> 0,
            new Interruption())
        .run(arguments);
  }
}
