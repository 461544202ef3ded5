package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceDiffTest {
  private static final String COMMON =
      """
      1.000000 m1       send               consumer-m1-1 broker=0 Heartbeat
      2.000000 m1       reply              consumer-m1-1 Heartbeat
      3.000000 -        fact               appended
      4.000000 m1       send               consumer-m1-1 broker=0 Fetch topics=orders
      """;

  private static final String FIRST = "1.000000 m1       send               c broker=0 Heartbeat\n";

  private final TraceDiff diff = new TraceDiff();

  @Test
  void findsNoDifferenceBetweenAFileAndItsCopy(@TempDir Path folder) throws IOException {
    assertThat(compare(folder, COMMON, COMMON)).isEmpty();
    assertThat(diff.alike()).isEqualTo(4);
  }

  @Test
  void findsTheFirstLineThatDiffersWithThreeLinesBefore(@TempDir Path folder) throws IOException {
    TraceDiff.Difference difference =
        compare(folder, COMMON + "a\nb\nc\nd\n", COMMON + "x\nb\n").orElseThrow();

    assertThat(difference.line()).isEqualTo(5);
    assertThat(difference.before()).isEqualTo(COMMON.lines().skip(1).toList());
    assertThat(difference.a()).containsExactly("a", "b", "c");
    assertThat(difference.b()).containsExactly("x", "b");
  }

  @Test
  void findsThatOneOfThemEndsEarlier(@TempDir Path folder) throws IOException {
    TraceDiff.Difference difference = compare(folder, FIRST, FIRST + "b\n").orElseThrow();

    assertThat(difference)
        .isEqualTo(new TraceDiff.Difference(2, List.of(FIRST.strip()), List.of(), List.of("b")));
  }

  @Test
  void takesAMissingEndOfTheLastLineForADifference(@TempDir Path folder) throws IOException {
    assertThat(compare(folder, FIRST + "b\n", FIRST + "b").orElseThrow().line()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'' | line 1 is missing",
        "hello | line 1 is not like one",
        "{ | line 1 is not like one",
        "1.0 m1 send x | line 1 is not like one",
        "1.000000 m1 | line 1 is not like one",
        "DIFFERENT from line 5 | line 1 is not like one"
      })
  void refusesWhatIsNoTrace(String text, String why, @TempDir Path folder) {
    String content = text.equals("''") ? "" : text;

    assertThatThrownBy(() -> compare(folder, FIRST, content))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("b.trace")
                + " is no trace: "
                + why
                + "; the first of a trace is like '"
                + "0.000000 m1 send consumer-m1-1 broker=0 Fetch'");
    assertThatThrownBy(() -> compare(folder, content, FIRST))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.trace is no trace: " + why);
  }

  @Test
  void refusesBytesThatAreNoText(@TempDir Path folder) throws IOException {
    Path good = Files.writeString(folder.resolve("a.trace"), FIRST);
    Path binary = Files.write(folder.resolve("b.trace"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Path zero = Files.writeString(folder.resolve("c.trace"), FIRST + "\0\n");

    assertThatThrownBy(() -> diff.compare(good, binary))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("b.trace is no trace: line 1 is no text");
    assertThatThrownBy(() -> diff.compare(zero, zero))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("c.trace is no trace: line 2 is no text");
  }

  @Test
  void givesUpOnALineThatNeverEnds(@TempDir Path folder) throws IOException {
    String endless = FIRST + "é".repeat(TraceLines.LONGEST_LINE);

    assertThatThrownBy(() -> compare(folder, endless, endless))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.trace is no trace: line 2 is longer than 1,000,000 bytes");
    assertThat(compare(folder, FIRST, FIRST + "b".repeat(TraceLines.LONGEST_LINE))).isPresent();
  }

  @Test
  void takesTheLinesThatARunWrites(@TempDir Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    Trace trace = new Trace(line -> lines.append(line).append('\n'));
    trace.event(0, "-", "x", 0, () -> "");
    trace.event(86_400_000_000_123L, "a-long-member'2", "lost-reply", 0, () -> "a=b c");

    assertThat(compare(folder, lines.toString(), lines.toString())).isEmpty();
    assertThat(diff.alike()).isEqualTo(2);
    String second = lines.toString().lines().skip(1).findFirst().orElseThrow();
    assertThat(compare(folder, second, second)).isEmpty();
  }

  @Test
  void showsWhatDiffersOnEightyColumns(@TempDir Path folder) throws IOException {
    TraceDiff.Difference difference =
        compare(
                folder,
                COMMON + "5.000000 m1       fault              c rule=lost-reply\n",
                COMMON
                    + "5.000000 m1       send               c "
                    + "partition=orders-0 ".repeat(6)
                    + "\u001b[31m\n")
            .orElseThrow();

    String text = DiffReport.text(Path.of("a.trace"), Path.of("b.trace"), difference, Style.PLAIN);

    assertThat(text)
        .isEqualTo(
            """
            DIFFERENT from line 5 · the event first

            - a.trace
            + b.trace

                    2  2.000000 m1       reply              consumer-m1-1 Heartbeat
                    3  3.000000 -        fact               appended
                    4  4.000000 m1       send               consumer-m1-1 broker=0 Fetch to…
            -       5  5.000000 m1       fault              c rule=lost-reply
            +       5  5.000000 m1       send               c partition=orders-0
                       partition=orders-0 partition=orders-0 partition=orders-0
                       partition=orders-0 partition=orders-0 \\u001b[31m
            """);
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  private Optional<TraceDiff.Difference> compare(Path folder, String a, String b)
      throws IOException {
    Path first = folder.resolve("a.trace");
    Path second = folder.resolve("b.trace");
    Files.writeString(first, a, UTF_8);
    Files.writeString(second, b, UTF_8);
    return diff.compare(first, second);
  }
}
