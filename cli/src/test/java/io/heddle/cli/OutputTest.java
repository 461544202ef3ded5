package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written, and what is left where they cannot be. */
final class OutputTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final Path folder;

  OutputTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void leavesTheOldFileWholeWhereTheDiskIsFull() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "good");
    Path fresh = folder.resolve("fresh");

    assertThatThrownBy(() -> Output.writing(old, "the trace", OutputTest::half))
        .isInstanceOf(UserError.class)
        .hasMessage("cannot write the trace to " + old + ": No space left on device");
    assertThatThrownBy(() -> Output.writing(fresh, "the trace", OutputTest::half))
        .isInstanceOf(UserError.class);
    assertThat(old).hasContent("good");
    assertThat(names()).containsExactly("old");
  }

  @Test
  void leavesTheFileWholeThatALinkLeadsTo() throws Exception {
    Path old = Files.writeString(folder.resolve("old"), "good");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("old"));

    assertThatThrownBy(() -> Output.writing(link, "the trace", OutputTest::half))
        .isInstanceOf(UserError.class);
    assertThat(old).hasContent("good");

    Output.write(link, "better", "the report");
    assertThat(link).isSymbolicLink();
    assertThat(old).hasContent("better");
    assertThat(names()).containsExactly("link", "old");
  }

  @Test
  void writesANewFileOrNone() throws IOException {
    Path file = folder.resolve("a");

    Output.writeNew(file, "good", "the scenario");
    assertThatThrownBy(() -> Output.writeNew(file, "better", "the scenario"))
        .isInstanceOf(UserError.class)
        .hasMessage("cannot write the scenario to " + file + ": it exists already");
    assertThat(file).hasContent("good");
  }

  @Test
  void letsThoseReadAFileWhoReadItBefore() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "there are no permissions here");
    Path usual = Files.writeString(folder.resolve("usual"), "");
    Path secret = Files.writeString(folder.resolve("secret"), "");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path fresh = folder.resolve("fresh");

    Output.write(secret, "a", "the report");
    Output.write(fresh, "a", "the report");
    assertThat(Files.getPosixFilePermissions(secret))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(fresh))
        .isEqualTo(Files.getPosixFilePermissions(usual));
  }

  /** A program that is ended in the midst of writing. */
  static final class Ended {
    private Ended() {}

    public static void main(String[] arguments) throws Exception {
      Output.writing(
          Path.of(arguments[0]),
          "the trace",
          out -> {
            out.write("half".getBytes(UTF_8));
            System.exit(130);
            return Optional.empty();
          });
    }
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void leavesNothingBehindWhereTheProgramIsEnded() throws Exception {
    Path old = Files.writeString(folder.resolve("old"), "good");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                place(Output.class) + File.pathSeparator + place(Ended.class),
                Ended.class.getName(),
                old.toString())
            .inheritIO()
            .start();

    assertThat(program.waitFor()).isEqualTo(130);
    assertThat(old).hasContent("good");
    assertThat(names()).containsExactly("old");
  }

  @Test
  void tellsOfAFailureOfTheWorkAsItIs() {
    Path file = folder.resolve("a");

    assertThatThrownBy(
            () ->
                Output.writing(
                    file,
                    "the history",
                    out -> {
                      out.write(1);
                      throw new UserError("no scenario 'x'");
                    }))
        .hasMessage("no scenario 'x'");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--trace", "--history", "--record", "--report"})
  void keepsTheFileOfAnEarlierRunWhereTheScenarioIsGone(String option) throws IOException {
    Path old = Files.writeString(folder.resolve("x"), "good");

    assertThat(heddle(new ScenarioBackend()).run("run", "no-such", option, old.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(old).hasContent("good");
    assertThat(names()).containsExactly("x");
  }

  @Test
  void writesWhatElseItWasAskedForWhereOneFileCannotBeWritten() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full");
    Path summary = folder.resolve("a.md");
    Path report = folder.resolve("a.html");
    FakeBackend backend = new FakeBackend();

    String line = "run a --junit %s --summary %s --report %s".formatted(full, summary, report);
    assertThat(heddle(backend).run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .isEqualTo("heddle: cannot write the report to /dev/full: No space left on device\n");
    assertThat(summary).content().startsWith("## PASSED");
    assertThat(report).content().contains("</html>");
  }

  @ParameterizedTest
  @CsvSource({"Broken pipe, 0, ''", "No space left on device, 2, No space left on device"})
  void isContentWithAReaderWhoHasReadEnough(String reason, int code, String told) {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new StandardOutput(gone), errors, Style.PLAIN, false);

    assertThat(heddle(new FakeBackend(), console).run("list").value()).isEqualTo(code);
    assertThat(err.toString(UTF_8))
        .isEqualTo(told.isEmpty() ? "" : "heddle: cannot write to standard output: " + told + "\n");
  }

  private static Optional<String> half(OutputStream out) throws IOException {
    out.write("half".getBytes(UTF_8));
    throw new IOException("No space left on device");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Heddle heddle(Backend backend) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return heddle(backend, new Console(nowhere, errors, Style.PLAIN, false));
  }

  private static Heddle heddle(Backend backend, Console console) {
    Failures failures = new Failures(console.err(), () -> false);
    return new Heddle(() -> backend, console, failures, () -> 0, new Interruption());
  }
}
