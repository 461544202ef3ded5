package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks a shell, where there is one, what it would offer. */
final class CompletionCommandTest {
  private static boolean bash;

  @BeforeAll
  static void findBash() {
    String path = java.util.Objects.requireNonNullElse(System.getenv("PATH"), "");
    bash =
        Stream.of(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bash")));
  }

  @ParameterizedTest
  @CsvSource({
    "heddle sh, shrink",
    "heddle exp, 'explore explain'",
    "heddle run na, naive-async",
    "heddle explore quickstart --st, --stop-at-first",
    "heddle shrink slow, slow-key",
    "heddle run quickstart --format j, json",
    "heddle run quickstart --kafka emb, embedded",
    "heddle run mine, mine.yaml",
    "heddle completion z, zsh",
    "heddle run quickstart --trace mi, mine.yaml"
  })
  void offersCommandsOptionsScenariosAndFiles(String line, String offered, @TempDir Path folder)
      throws Exception {
    assumeTrue(bash, "there is no bash here");
    Files.writeString(folder.resolve("mine.yaml"), "");
    Files.writeString(folder.resolve("heddle.bash"), script("bash"));
    String last = line.substring(line.lastIndexOf(' ') + 1);
    String ask =
        """
        source heddle.bash
        COMP_WORDS=(%s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE='%s'
        COMP_POINT=${#COMP_LINE}
        _complete_heddle heddle '%s' ''
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(line, line, last);

    assertThat(answer(folder, ask)).containsExactlyInAnyOrder(offered.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void writesAScriptForEachShell(String shell) {
    assertThat(script(shell))
        .startsWith("#!")
        .contains("complete -F", "bashcompinit", "naive-async");
  }

  @Test
  void knowsNoOtherShell() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    assertThat(run(new ByteArrayOutputStream(), err, "completion", "fish"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("it must be bash or zsh");
  }

  private static List<String> answer(Path folder, String ask)
      throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("bash", "--norc", "-c", ask)
            .directory(folder.toFile())
            // It is asked outside of a completion, at which compopt complains.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    shell.getOutputStream().close();
    String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  private static String script(String shell) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(out, new ByteArrayOutputStream(), "completion", shell))
        .isEqualTo(ExitCode.PASSED);
    return out.toString(UTF_8);
  }

  private static ExitCode run(
      ByteArrayOutputStream out, ByteArrayOutputStream err, String... arguments) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new PrintStream(out, true, UTF_8), errors, Style.PLAIN, false);
    Failures failures = new Failures(errors, () -> false);
    return new Heddle(FakeBackend::new, console, failures, () -> 0, new Interruption())
        .run(arguments);
  }
}
