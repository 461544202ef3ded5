package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a value that will not do, without what picocli says around it. */
final class UsageMistakeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "run a --seed x | --seed 'x': a seed is a whole number of up to 64 bits (heddle run"
            + " --help)",
        "run a --schedule foo | --schedule 'foo': it must be uniform, pct or pct:DEPTH"
            + " (heddle run --help)",
        "run a --format xml | --format 'xml': it must be text or json (heddle run --help)",
        "run a --seed | --seed needs a value: N (heddle run --help)",
        "load a --threshold x=1 | --threshold 'x=1': it must be response_time, service_time or"
            + " max_lag (heddle load --help)",
        "check a --only key-ordr | --only 'key-ordr': no invariant has this name; did you mean"
            + " 'key-order'? (heddle check --help)",
        "load a --tolerate 5% | --tolerate is for --compare (heddle load --help)",
        "run a --junit no-such-file --report no-such-file | --report and --junit name the same"
            + " file, no-such-file (heddle run --help)",
        "load a --hlog ./no-such-file --hgrm no-such-file | --hlog and --hgrm name the same file,"
            + " no-such-file (heddle load --help)",
        "completion fish | 'fish': it must be bash or zsh (heddle completion --help)"
      })
  void saysWhatIsWrongWithAValue(String line, String message) {
    assertThat(mistake(line)).isEqualTo("heddle: " + message + "\n");
  }

  @Test
  void namesAllInvariantsWhereNoneIsNear() {
    assertThat(mistake("check a --only x"))
        .startsWith("heddle: --only 'x': no invariant has this name; known: key-order, ")
        .endsWith(" (heddle check --help)\n");
  }

  private static String mistake(String line) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(errors, errors, Style.PLAIN, false);
    Failures failures = new Failures(errors, () -> false);

    assertThat(
            new Heddle(FakeBackend::new, console, failures, () -> 0, new Interruption())
                .run(line.split(" ")))
        .isEqualTo(ExitCode.USAGE);
    return err.toString(UTF_8);
  }
}
