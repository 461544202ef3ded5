package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.core.Schedule;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleOptionTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FakeBackend backend = new FakeBackend();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run a --schedule pct | by Pct[depth=3, steps=STEPS] | run a
          shrink a --schedule pct:5 | by Pct[depth=5, steps=STEPS] | shrink a
          explore a --seeds 1..2 --schedule uniform | by Uniform[] | explore a
          """)
  void isForTheBackendThatRunsTheScenario(String line, String schedule, String call) {
    assertThat(run(line)).isEqualTo(ExitCode.PASSED);

    String steps = Long.toString(Schedule.Pct.USUAL.steps());
    assertThat(backend.calls.get(0)).isEqualTo(schedule.replace("STEPS", steps));
    assertThat(backend.calls.get(1)).startsWith(call);
  }

  @Test
  void isPartOfTheCommandThatRunsAFailureAgain(@TempDir Path folder) {
    Path markdown = folder.resolve("out.md");
    Path junit = folder.resolve("out.xml");
    backend.result = Samples.failed();
    backend.summary = Samples.explored();

    run("run a --seed 7 --schedule pct:2");
    assertThat(out.toString(UTF_8)).contains("replay: heddle run a --seed 7 --schedule pct:2\n");
    out.reset();
    run("explore a --seeds 1..9 --schedule pct --summary " + markdown + " --junit " + junit);
    long seed = backend.summary.failed().get(0).seed();
    String again = "heddle run a --seed " + seed + " --schedule pct:3";
    assertThat(out.toString(UTF_8)).contains("replay: " + again + "\n");
    assertThat(markdown).content().contains(again + "\n");
    assertThat(junit).content().contains(again);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run a --schedule random | it must be uniform, pct or pct:DEPTH
          run a --schedule pct: | it must be uniform, pct or pct:DEPTH
          run a --schedule pct:0 | depth must be from 1 to 100, was 0
          run a --schedule pct --kafka embedded | --schedule needs --kafka simulated
          run a --schedule pct --kafka simulated-realtime | --schedule needs --kafka simulated
          """)
  void refusesWhatIsNoneInOneLine(String line, String message) {
    assertThat(run(line)).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8)).contains(message);
    assertThat(backend.calls).noneMatch(call -> call.startsWith("run"));
  }

  private ExitCode run(String line) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new PrintStream(out, true, UTF_8), errors, Style.PLAIN, false);
    return new Heddle(
            () -> backend, console, new Failures(errors, () -> false), () -> 0, new Interruption())
        .run(line.split(" "));
  }
}
