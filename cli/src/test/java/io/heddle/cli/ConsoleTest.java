package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where colours and a line that is drawn over belong. */
final class ConsoleTest {
  @ParameterizedTest
  @CsvSource({
    "outerr, xterm, '', true, true",
    "out, xterm, '', true, false",
    "err, xterm, '', false, true",
    "'', xterm, '', false, false",
    "outerr, xterm, 1, false, true",
    "outerr, dumb, '', false, false"
  })
  void writesToATerminalOnlyWhatThatUnderstands(
      String terminal, String kind, String noColor, boolean colours, boolean progress) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TERM", kind);
    environment.put("NO_COLOR", noColor);

    Console console = Console.ofProcess(terminal, "", environment);

    assertThat(console.style().colours()).isEqualTo(colours);
    assertThat(console.progress()).isEqualTo(progress);
  }

  @ParameterizedTest
  @CsvSource({
    "outerr, '', 80",
    "outerr, 60, 80",
    "out, 97, 97",
    "out, 200, 120",
    "out, 12345678, 80",
    "out, wide, 80",
    "err, 200, 80",
    "'', 200, 80"
  })
  void isAsWideAsTheTerminalWithinReason(String terminal, String columns, int width) {
    Console console = Console.ofProcess(terminal, columns, Map.of("TERM", "xterm"));

    assertThat(console.style().width()).isEqualTo(width);
    assertThat(new Page(console.style()).width()).isEqualTo(width);
  }
}
