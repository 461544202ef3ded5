package io.heddle.scenarios.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.scenarios.file.ByteOrderMark;
import io.heddle.simulator.history.Fact;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.Consumer;

/**
 * Reads a history line by line, however long it is: a line has at most {@link #MAX_LINE_BYTES}, and
 * nothing of it is kept. Empty lines are passed over.
 */
public final class HistoryReader {
  /** Bytes of a line at most. */
  public static final int MAX_LINE_BYTES = 1_000_000;

  private HistoryReader() {}

  /**
   * Hands each fact on, in the order of the lines.
   *
   * @return how many there were
   * @throws HistoryException at the first line that is wrong
   */
  public static long read(InputStream in, Consumer<? super Fact> facts)
      throws IOException, HistoryException {
    InputStream bytes = new BufferedInputStream(in, 1 << 16);
    HistoryParser parser = new HistoryParser();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long number = 1;
    long read = 0;
    int next = bytes.read();
    while (next >= 0) {
      line.reset();
      while (next >= 0 && next != '\n') {
        if (line.size() == MAX_LINE_BYTES) {
          throw new HistoryException(
              number, "a line has at most %,d bytes".formatted(MAX_LINE_BYTES));
        }
        line.write(next);
        next = bytes.read();
      }
      String text = text(line, number);
      if (number == 1) {
        text = ByteOrderMark.without(text);
      }
      if (!text.isBlank()) {
        facts.accept(parser.parse(text, number));
        read++;
      }
      if (next == '\n') {
        number++;
        next = bytes.read();
      }
    }
    return read;
  }

  private static String text(ByteArrayOutputStream line, long number) throws HistoryException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
    } catch (CharacterCodingException notText) {
      throw new HistoryException(number, "this is not UTF-8");
    }
  }
}
