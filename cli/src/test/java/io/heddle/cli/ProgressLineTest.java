package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nowNanos;

  @Test
  void appearsAfterASecondAndIsGoneInTheEnd() {
    try (ProgressLine line = line(true)) {
      after(999);
      line.at(10, 1000, "records");
      after(1);
      line.at(500, 1000, "records");
      after(50);
      line.at(550, 1000, "records");
      after(50);
      line.at(12_345, 0, "records");
    }

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "\r\u001b[K\u001b[?7l500 of 1,000 records · 50 % \u001b[?7h"
                + "\r\u001b[K\u001b[?7l12,345 records \u001b[?7h"
                + "\r\u001b[K");
  }

  @Test
  void saysHowItGoesInOneLineOfATerminal() {
    try (ProgressLine line = line(true)) {
      after(1000);
      line.at(500, 1000, "seeds", () -> "46.1 seeds/s · 9 of 12 marks · 2 failed");
      after(100);
      line.at(500, 1000, "seeds", () -> "x".repeat(100));
    }

    assertThat(drawn(1))
        .isEqualTo("500 of 1,000 seeds · 50 % · 46.1 seeds/s · 9 of 12 marks · 2 failed");
    assertThat(drawn(2)).hasSize(79).endsWith("…");
  }

  @Test
  void isNotWrappedByANarrowTerminal() {
    try (ProgressLine line = line(true)) {
      after(1000);
      line.at(500, 1000, "seeds", () -> "46.1 seeds/s · 9 of 12 marks · 2 failed");
      line.at(501, 1000, "seeds");
      after(100);
      line.at(12_345, 0, "records");
    }

    assertThat(err.toString(UTF_8))
        .as("each line is drawn while wrapping is off, and ends with a blank for the last column")
        .matches("(?:\r\u001b\\[K\u001b\\[\\?7l[^\r\u001b]* \u001b\\[\\?7h){2}\r\u001b\\[K");
  }

  @Test
  void leavesAShortRunAlone() {
    try (ProgressLine line = line(true)) {
      after(500);
      line.at(10, 1000, "records");
    }

    assertThat(err.size()).isZero();
  }

  @Test
  void isSilentWhereThereIsNoTerminal() {
    try (ProgressLine line = line(false)) {
      after(5000);
      line.at(10, 1000, "records");
    }

    assertThat(err.size()).isZero();
  }

  /** What can be read of the line that was drawn so many lines into the run. */
  private String drawn(int place) {
    String line = err.toString(UTF_8).split("\r\u001b\\[K", -1)[place];
    return line.replaceAll("\u001b\\[\\?7[lh]", "").stripTrailing();
  }

  private ProgressLine line(boolean terminal) {
    return new ProgressLine(new PrintStream(err, true, UTF_8), terminal, () -> nowNanos);
  }

  private void after(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
