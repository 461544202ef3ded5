package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TraceDiffTest {
  private static final String COMMON =
      """
      1.000000 m1       send               consumer-m1-1 broker=0 Heartbeat
      2.000000 m1       reply              consumer-m1-1 Heartbeat
      3.000000 -        fact               appended
      4.000000 m1       send               consumer-m1-1 broker=0 Fetch topics=orders
      """;

  private final TraceDiff diff = new TraceDiff();

  @Test
  void findsNoDifferenceBetweenAFileAndItsCopy(@TempDir Path folder) throws IOException {
    assertThat(compare(folder, COMMON, COMMON)).isEmpty();
    assertThat(diff.alike()).isEqualTo(4);
    assertThat(compare(folder, "", "")).isEmpty();
    assertThat(diff.alike()).isZero();
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
    TraceDiff.Difference difference = compare(folder, "a\n", "a\nb\n").orElseThrow();

    assertThat(difference)
        .isEqualTo(
            new TraceDiff.Difference(
                2, java.util.List.of("a"), java.util.List.of(), java.util.List.of("b")));
  }

  @Test
  void takesAMissingEndOfTheLastLineForADifference(@TempDir Path folder) throws IOException {
    assertThat(compare(folder, "a\nb\n", "a\nb").orElseThrow().line()).isEqualTo(2);
  }

  @Test
  void findsADifferenceFarIntoALineThatNeverEnds(@TempDir Path folder) throws IOException {
    String endless = "é".repeat(3 * TraceDiff.LONGEST_LINE);

    assertThat(compare(folder, endless, endless)).isEmpty();
    assertThat(compare(folder, endless + "a", endless + "b")).isPresent();
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
