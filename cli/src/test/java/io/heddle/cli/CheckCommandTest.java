package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckCommandTest {
  private static final String TWO_SENDS =
      """
      {"event":"sent","member":"w","partition":"t-0","offset":0,"value":"a","number":0}
      {"event":"sent","member":"w","partition":"t-0","offset":1,"value":"b","number":1}
      {"event":"sent","member":"w","partition":"t-0","offset":2,"value":"c","number":2}
      """;
  private static final String LOST =
      TWO_SENDS
          + """
          {"ms":4,"event":"polled","member":"r","partition":"t-0","offset":0,"value":"a"}
          {"ms":9,"event":"polled","member":"r","partition":"t-0","offset":2,"value":"c"}
          """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final Path folder;

  CheckCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private ExitCode run(String... arguments) {
    out.reset();
    err.reset();
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new PrintStream(out, true, UTF_8), errors, Style.PLAIN, false);
    return new Heddle(
            ScenarioBackend::new,
            console,
            new Failures(errors, () -> false),
            () -> 0,
            new Interruption())
        .run(arguments);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("h.jsonl"), text).toString();
  }

  @Test
  void judgesWhatSomebodyElseWroteDown() throws IOException {
    String file = file(LOST);

    assertThat(run("check", file)).isEqualTo(ExitCode.INVARIANT_VIOLATED);
    assertThat(out.toString(UTF_8))
        .startsWith("FAILED " + file)
        .containsPattern("\n  lost-write +failed +3 facts\n")
        .containsPattern("\n  poll-skip +failed +2 facts\n")
        .containsPattern("\n  g1c +vacuous")
        .containsPattern("\n  progress +not-applied")
        .contains("lost-write violated at 0.009 s: t-0")
        .contains("offset 1 (b), which w wrote, was never");
    assertThat(run("check", file, "--only", "non-monotonic-poll")).isEqualTo(ExitCode.PASSED);
    assertThat(run("check", file, "--only", "g1c")).isEqualTo(ExitCode.NOTHING_SEEN);
  }

  @Test
  void writesJson() throws IOException {
    assertThat(run("check", file(TWO_SENDS), "--format", "json")).isEqualTo(ExitCode.PASSED);
    assertThat(out.toString(UTF_8))
        .contains("\"facts\":3,\"verdict\":\"passed\",\"violations\":[],\"invariants\":[{")
        .contains("{\"name\":\"non-monotonic-send\",\"facts\":3,\"verdict\":\"passed\"}")
        .endsWith("}\n");
  }

  @Test
  void saysWhatIsWrongWithAHistoryInOneLine() throws IOException {
    String file = file(TWO_SENDS + "{\"event\":\"snet\"}\n");

    assertThat(run("check", file)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "heddle: " + file + ": line 4: event 'snet' is not known; did you mean 'sent'?\n");
    assertThat(run("check", folder.resolve("none").toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).startsWith("heddle: there is no file ");
    assertThat(run("check", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).endsWith(" is a directory, not a history\n");
    assertThat(run("check", file, "--only", "lost-wirte")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("did you mean 'lost-write'?");
    assertThat(run("check", file, "--only", "foo")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("; known: key-order, ", ", lost-write");
  }

  @Test
  void takesAFileThatBeginsWithAByteOrderMark() throws IOException {
    assertThat(run("check", file("\uFEFF" + TWO_SENDS))).isEqualTo(ExitCode.PASSED);
  }

  @Test
  void anEmptyHistoryProvesNothing() throws IOException {
    assertThat(run("check", file("\n"))).isEqualTo(ExitCode.NOTHING_SEEN);
    assertThat(out.toString(UTF_8))
        .contains("history saw nothing")
        .contains("no fact that an invariant could");
  }

  /** The run and its history are judged alike, and the history has what clients saw. */
  @Test
  void judgesTheHistoryOfARun() {
    String good = folder.resolve("good.jsonl").toString();
    String bad = folder.resolve("bad.jsonl").toString();

    assertThat(run("run", "quickstart", "--history", good)).isEqualTo(ExitCode.PASSED);
    assertThat(run("check", good)).isEqualTo(ExitCode.PASSED);
    assertThat(out.toString(UTF_8))
        .containsPattern("\n  key-order +passed")
        .containsPattern("\n  at-least-once +passed")
        .containsPattern("\n  lost-write +passed")
        .containsPattern("\n  poll-skip +passed")
        .containsPattern("\n  non-monotonic-send +passed");

    assertThat(run("run", "naive-async", "--history", bad)).isEqualTo(ExitCode.INVARIANT_VIOLATED);
    assertThat(run("check", bad)).isEqualTo(ExitCode.INVARIANT_VIOLATED);
    assertThat(out.toString(UTF_8)).containsPattern("\n  key-order +failed");
  }

  @Test
  void watchingDoesNotChangeTheRun() {
    assertThat(run("run", "quickstart", "--format", "json")).isEqualTo(ExitCode.PASSED);
    String hash = hash();
    String file = folder.resolve("h.jsonl").toString();
    assertThat(run("run", "quickstart", "--history", file, "--format", "json"))
        .isEqualTo(ExitCode.PASSED);

    assertThat(hash()).isEqualTo(hash);
  }

  private String hash() {
    String text = out.toString(UTF_8);
    int at = text.indexOf("\"traceHash\":");
    assertThat(at).isPositive();
    return text.substring(at, text.indexOf(',', at));
  }
}
