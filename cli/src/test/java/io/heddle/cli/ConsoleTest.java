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
    "outerr, xterm, '', COLOURS, true",
    "out, xterm, '', COLOURS, false",
    "err, xterm, '', PLAIN, true",
    "'', xterm, '', PLAIN, false",
    "outerr, xterm, 1, PLAIN, true",
    "outerr, dumb, '', PLAIN, false"
  })
  void writesToATerminalOnlyWhatThatUnderstands(
      String terminal, String kind, String noColor, Style style, boolean progress) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TERM", kind);
    environment.put("NO_COLOR", noColor);

    Console console = Console.ofProcess(terminal, environment);

    assertThat(console.style()).isEqualTo(style);
    assertThat(console.progress()).isEqualTo(progress);
  }
}
