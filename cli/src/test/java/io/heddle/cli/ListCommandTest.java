package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks for the scenarios that are shipped. */
final class ListCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--tag nosuch | no tag 'nosuch' (heddle list --tags)",
        "--tag rebalanc | no tag 'rebalanc'; nearest: rebalance" + " (heddle list --tags)",
        "--tag xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | no tag 'xxxxxxxxxxxxxxxxxxx…'"
            + " (heddle list --tags)",
        "--expect failed | no scenario ends as 'failed'; known: key-order, passed, threshold",
        "--tag swarm --expect key-order | no scenario has the tag 'swarm' and the outcome"
            + " 'key-order'"
      })
  void saysInOneShortLineThatNoneIsLikeThat(String line, String message) {
    assertThat(list(line)).isEqualTo(ExitCode.USAGE);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).isEqualTo("heddle: " + message + "\n");
    assertThat(err.toString(UTF_8).strip().length()).isLessThanOrEqualTo(Page.WIDTH);
  }

  @Test
  void listsTheTagsAndHowManyScenariosHaveEach() {
    assertThat(list("--tags")).isEqualTo(ExitCode.PASSED);
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines.get(0)).matches("tag +scenarios");
    assertThat(lines).contains("  quickstart             1").anyMatch(this::isOfRebalance);
    assertThat(lines.subList(1, lines.size())).isSorted();

    out.reset();
    assertThat(list("--tags --tag quickstart --format json")).isEqualTo(ExitCode.PASSED);
    assertThat(out.toString(UTF_8))
        .isEqualTo("{\"commit\":1,\"crash\":1,\"quickstart\":1,\"rebalance\":1}\n");
  }

  private boolean isOfRebalance(String line) {
    return line.matches("  rebalance +\\d+");
  }

  @Test
  void knowsAnOutcomeAsTheTableShowsIt() {
    assertThat(list("--expect threshold")).isEqualTo(ExitCode.PASSED);
    String shown = out.toString(UTF_8);
    assertThat(shown.lines().filter(line -> line.contains(" threshold "))).hasSizeGreaterThan(1);

    out.reset();
    assertThat(list("--expect threshold:response_time.p90")).isEqualTo(ExitCode.PASSED);
    assertThat(out.toString(UTF_8)).contains(" threshold ").hasSizeLessThan(shown.length());
  }

  private ExitCode list(String line) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new PrintStream(out, true, UTF_8), errors, Style.PLAIN, false);
    Failures failures = new Failures(errors, () -> false);
    return new Heddle(ScenarioBackend::new, console, failures, () -> 0, new Interruption())
        .run(("list " + line).split(" "));
  }
}
