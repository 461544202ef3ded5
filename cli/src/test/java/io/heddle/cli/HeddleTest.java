package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeddleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FakeBackend backend = new FakeBackend();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run quickstart | run quickstart OptionalLong.empty simulated Optional.empty
          run a.yaml --seed 7 | run a.yaml OptionalLong[7] simulated Optional.empty
          run --seed=-3 a --kafka embedded | run a OptionalLong[-3] embedded Optional.empty
          run a --kafka simulated-realtime | run a OptionalLong.empty simulated-realtime Optional.empty
          run a --kafka=h:9092 --trace t | run a OptionalLong.empty h:9092 Optional[t]
          run a --kafka container | run a OptionalLong.empty container:apache/kafka:4.3.1 Optional.empty
          run a --kafka=container:x/y:1 | run a OptionalLong.empty container:x/y:1 Optional.empty
          run a --format json | run a OptionalLong.empty simulated Optional.empty
          explore a --seeds 1..1000 | explore a 1..1000
          explore a --seeds=-5..-5 --format json | explore a -5..-5
          shrink a --seed 7 | shrink a OptionalLong[7] Optional.empty PT30S
          shrink a --out b.yaml --time 500ms | shrink a OptionalLong.empty Optional[b.yaml] PT0.5S
          explore a --time 60s | explore a 1.. PT1M
          explore a --seeds 5.. --time 1m --stop-at-first | explore a 5.. PT1M stop-at-first
          load a | load a OptionalLong.empty simulated 30s
          load a --seed 7 --kafka h:9092 --rate 2.5k --for 1m | load a OptionalLong[7] h:9092 2500.0/s 60s
          load a --rate 500/s --ramp 5s --warm-up 10s --steps 4 --poisson | load a OptionalLong.empty simulated 500.0/s 30s ramp 5s warm-up 10s 4 steps poisson
          load a --closed-loop 32 --no-checks | load a OptionalLong.empty simulated 30s closed 32 unchecked
          load a --threshold max_lag=9 --threshold response_time.p99=50ms | load a OptionalLong.empty simulated 30s [max_lag, response_time.p99]
          list | list
          explain a.yaml | explain a.yaml
          """)
  void callsTheBackendWithWhatWasAskedFor(String line, String call) {
    assertThat(run(line)).isEqualTo(ExitCode.PASSED);

    assertThat(backend.calls).startsWith(call);
    assertThat(err()).isEmpty();
  }

  @Test
  void recordsARunAndTheFirstFailureOfAnExploration(@TempDir Path folder) {
    Path file = folder.resolve("a.recording");

    assertThat(run("run a --seed 7 --record " + file)).isEqualTo(ExitCode.PASSED);
    assertThat(backend.calls)
        .containsExactly("record a OptionalLong[7] Optional.empty", "explain a");
    assertThat(file).content().startsWith("heddle-recording 1\nversion 0.0.9\nseed 7\n");

    backend.calls.clear();
    backend.summary = Samples.explored();
    run("explore a --seeds 1..1000 --record " + file);
    assertThat(backend.calls)
        .contains(
            "record a OptionalLong[" + backend.summary.failed().get(0).seed() + "] Optional.empty");
  }

  @Test
  void saysWhetherAReplayIsTheSameRun(@TempDir Path folder) {
    Path file = folder.resolve("a.recording");
    run("run a --record " + file);
    out.reset();

    assertThat(run("replay " + file)).isEqualTo(ExitCode.PASSED);
    assertThat(out())
        .contains("recorded: seed 7 of heddle 0.0.9", "replayed: the same run, step by step");
    out.reset();
    backend.divergence = Optional.of("diverged at draw 5 of stream x: asked for more");
    assertThat(run("replay " + file + " --format json")).isEqualTo(ExitCode.DIFFERENT);
    assertThat(out()).contains("\"same\":false", "\"divergence\":\"diverged at draw 5");
  }

  @Test
  void refusesToReplayWhatIsNoRecording(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "hello\n");

    assertThat(run("replay " + file)).isEqualTo(ExitCode.USAGE);
    assertThat(err()).startsWith("heddle: " + file + " is no recording of a run: ").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run a --trace",
        "run a --report",
        "run a --history",
        "run a --record",
        "run a --junit",
        "run a --summary",
        "load a --hlog",
        "load a --hgrm",
        "load a --report",
        "explore a --seeds 1..2 --junit",
        "shrink a --out"
      })
  void refusesAFileThatCannotBeWrittenBeforeTheWork(String line, @TempDir Path folder) {
    assertThat(run(line + " " + folder.resolve("none/a"))).isEqualTo(ExitCode.USAGE);
    assertThat(run(line + " " + folder)).isEqualTo(ExitCode.USAGE);

    assertThat(backend.calls).isEmpty();
    assertThat(err())
        .isEqualTo(
            """
            heddle: cannot write to %1$s/none/a: there is no such directory
            heddle: cannot write to %1$s: it is a directory
            """
                .formatted(folder));
  }

  @Test
  void leavesAGoodFileAloneWhereTheDiskIsFull() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full");

    assertThat(run("load a --hlog " + full)).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("cannot write the interval log to /dev/full: ").hasLineCount(1);
  }

  @Test
  void tellsWhatElseThanTheSeedDecidesAFailure() {
    backend.result = Samples.failed();

    run("run quickstart");
    assertThat(out()).matches("(?s).*\\nwith heddle \\S+, scenario [0-9a-f]{16}, seed 7\\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bogus",
        "run",
        "run a b",
        "run a --sed 7",
        "run a --seed",
        "run a --seed x",
        "run a --seed 99999999999999999999",
        "run a --kafka somewhere",
        "run a --kafka host:99999",
        "run a --kafka container:",
        "run a --format xml",
        "load",
        "load a b",
        "load a --rate 0",
        "load a --rate fast",
        "load a --closed-loop 0",
        "load a --closed-loop 4 --rate 5",
        "load a --closed-loop 4 --poisson",
        "load a --threshold p99=50ms",
        "load a --threshold response_time=50ms",
        "load a --threshold response_time.p42=50ms",
        "load a --threshold max_lag=50ms",
        "load a --compare b c",
        "load --compare b",
        "load a --client-properties p",
        "run a --kafka embedded --client-properties p",
        "replay",
        "replay a b",
        "run a --record",
        "explore a",
        "explore a --seeds 4",
        "explore a --seeds 4..",
        "explore a --stop-at-first",
        "explore a --time soon",
        "explore a --seeds 4..3",
        "explore a --seeds -9223372036854775808..9223372036854775807",
        "shrink",
        "shrink a --seed x",
        "shrink a --time 5",
        "shrink a --time 0s",
        "shrink a --time 9999h",
        "diff",
        "diff a",
        "diff a b c",
        "init a b",
        "schema a",
        "list a",
        "explain"
      })
  void refusesWhatItDoesNotUnderstandInOneLine(String line) {
    assertThat(run(line)).isEqualTo(ExitCode.USAGE);

    assertThat(backend.calls).isEmpty();
    assertThat(out()).isEmpty();
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).startsWith("heddle: ").contains("--help").doesNotContain("java", "picocli");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run a --sed=7 | unknown option '--sed'; did you mean '--seed'? (heddle run --help)",
        "run a --sed 7 | unknown option '--sed'; did you mean '--seed'? (heddle run --help)",
        "run a --zzzzzzz | unknown option '--zzzzzzz' (heddle run --help)",
        "rnu a | unknown command 'rnu'; did you mean 'run'? (heddle --help)",
        "cook | unknown command 'cook' (heddle --help)",
        "run a b c | unexpected argument 'b' (heddle run --help)",
        "report a --out b | REPORT needs at least 2 values (heddle report --help)",
        "load --compare b | --compare needs at least 2 values (heddle load --help)"
      },
      quoteCharacter = '"')
  void namesTheMistakeAndWhatWasMeant(String line, String message) {
    assertThat(run(line)).isEqualTo(ExitCode.USAGE);

    assertThat(err()).isEqualTo("heddle: " + message + "\n");
  }

  @Test
  void suggestsTheKafkaThatWasMeant() {
    run("run a --kafka embeded");

    assertThat(err()).contains("HOST:PORT; did you mean 'embedded'?").hasLineCount(1);
  }

  @Test
  void reportsAMistakeOfTheUserInOneLine() {
    backend.failure = new UserError("no scenario is called quikstart; did you mean quickstart?");

    assertThat(run("run quikstart")).isEqualTo(ExitCode.USAGE);
    assertThat(out()).isEmpty();
    assertThat(err())
        .isEqualTo("heddle: no scenario is called quikstart; did you mean quickstart?\n");
  }

  @Test
  void keepsTheStackTraceOfItsOwnDefectInAFile() throws Exception {
    backend.failure = new IllegalStateException("io.heddle.Broken");

    assertThat(run("run quickstart --format json")).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(out()).isEmpty();
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).doesNotContain("io.heddle", "Exception");
    Path details = Path.of(err().substring(err().indexOf(" in ") + 4).strip());
    assertThat(details).content().contains("IllegalStateException: io.heddle.Broken");
    Files.delete(details);
  }

  @Test
  void saysNothingOfWhatFailsBecauseTheProgramIsEnding() {
    backend.failure = new IllegalStateException("interrupted");

    assertThat(heddle(true).run("list")).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "key-order, 10",
    "progress, 11",
    "threshold:p99, 12",
    "unfired:pause, 13",
    "vacuous:isolation, 13"
  })
  void endsWithTheCodeOfTheViolation(String name, int code) {
    backend.result = Samples.violating(name);

    assertThat(run("run quickstart").value()).isEqualTo(code);
    assertThat(out()).startsWith("FAILED quickstart seed 7");
  }

  @Test
  void endsAnInterruptedRunAsShellsExpectAndReportsIt() throws Exception {
    Interruption interruption = new Interruption();
    interruption.done();
    Heddle heddle = heddle(false, interruption);
    assertThat(heddle.run("run", "quickstart")).isEqualTo(ExitCode.PASSED);
    out.reset();

    Interruption asked = new Interruption();
    assertThat(asked.request()).isTrue();
    assertThat(heddle(false, asked).run("run", "quickstart").value()).isEqualTo(130);
    assertThat(out()).startsWith("INTERRUPTED quickstart seed 7");
  }

  @Test
  void endsAnInterruptedLoadAsShellsExpectAndReportsIt(@TempDir Path folder) {
    backend.interrupted = true;
    Path log = folder.resolve("a.hlog");

    assertThat(run("load quickstart --hlog " + log).value()).isEqualTo(130);
    assertThat(out()).startsWith("INTERRUPTED quickstart seed 7");
    assertThat(log).hasContent("#[log]");
  }

  @Test
  void saysWhatIsWrongWithClientProperties(@TempDir Path folder) {
    Path missing = folder.resolve("none");

    assertThat(run("run a --kafka h:9092 --client-properties " + missing))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err()).isEqualTo("heddle: cannot read " + missing + ": there is no such file\n");
  }

  @Test
  void endsAnExplorationWithItsWorstCode() {
    backend.summary = Samples.explored();

    assertThat(run("explore naive-async --seeds 1..1000")).isEqualTo(ExitCode.INVARIANT_VIOLATED);
  }

  @Test
  void endsAnInterruptedExplorationAsShellsExpect() {
    backend.summary = Samples.explored(Samples.explored().failed(), List.of(), true);

    assertThat(run("explore naive-async --time 1h").value()).isEqualTo(130);
    assertThat(out()).startsWith("FAILED naive-async").contains("interrupted");
  }

  @Test
  void endsWithTheCodeOfWhatNoSeedReached() {
    List<ExploreSummary.Missing> coverage =
        List.of(new ExploreSummary.Missing("unfired:crash", "never fired in any run"));
    backend.summary = Samples.explored(List.of(), coverage, false);

    assertThat(run("explore quickstart --seeds 1..2")).isEqualTo(ExitCode.NOTHING_SEEN);
  }

  @ParameterizedTest
  @CsvSource({
    "--help, heddle run quickstart --seed 7",
    "--help, heddle explore quickstart --seeds 1..1000",
    "--help, 13  a fault never fired",
    "run --help, heddle run quickstart --seed 7",
    "replay --help, heddle replay failure.recording",
    "load --help, heddle load quickstart --rate 500 --for 1m",
    "load --help, heddle load --compare before.hlog after.hlog",
    "explore --help, heddle explore quickstart --seeds 1..1000",
    "shrink --help, heddle shrink naive-async --seed 7",
    "diff --help, heddle diff before.trace after.trace",
    "init --help, heddle init my-scenario.yaml",
    "report --help, heddle report before.html after.html --out both.html",
    "schema --help, heddle schema > scenario.schema.json",
    "completion --help, source <(heddle completion bash)",
    "list --help, heddle list",
    "explain -h, heddle explain quickstart"
  })
  void helpsWithAnExampleOnEightyColumns(String line, String example) {
    assertThat(run(line)).isEqualTo(ExitCode.PASSED);

    assertThat(out()).contains(example);
    assertThat(out().lines()).allMatch(printed -> printed.length() <= 80);
    assertThat(backend.calls).isEmpty();
  }

  @Test
  void printsTheSchemaOfScenarioFiles() {
    assertThat(run("schema")).isEqualTo(ExitCode.PASSED);
    assertThat(out()).startsWith("{\n  \"$schema\"").endsWith("}\n");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isEqualTo(ExitCode.PASSED);
    assertThat(out()).matches("heddle \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  private ExitCode run(String line) {
    return heddle(false).run(line.isEmpty() ? new String[0] : line.split(" "));
  }

  private Heddle heddle(boolean ending) {
    return heddle(ending, new Interruption());
  }

  private Heddle heddle(boolean ending, Interruption interruption) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new PrintStream(out, true, UTF_8), errors, Style.PLAIN, false);
    return new Heddle(
        () -> backend, console, new Failures(errors, () -> ending), () -> 0, interruption);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }
}
