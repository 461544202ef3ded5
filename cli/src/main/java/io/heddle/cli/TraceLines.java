package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a trace, one at a time. A file that is no trace is refused at its first line, and at
 * any line that is no text or longer than {@link #LONGEST_LINE}. Not thread-safe.
 */
final class TraceLines implements Closeable {
  /** Bytes of a line at most. */
  static final int LONGEST_LINE = 1_000_000;

  private static final int BUFFER = 1 << 16;
  private static final Pattern LINE = Pattern.compile(" *\\d+\\.\\d{6} \\S+ +\\S+ .*\\n?");
  private static final String LIKE = "0.000000 m1 send consumer-m1-1 broker=0 Fetch";

  private final Path file;
  private final InputStream in;
  private long number;

  /**
   * Opens a file.
   *
   * @throws UserError if it cannot be read
   */
  TraceLines(Path file) {
    this.file = file;
    try {
      this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  /**
   * The next line with its end; null if there is none.
   *
   * @throws UserError if this is no line of a trace, or cannot be read
   */
  @Nullable String next() {
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = 0;
    while (read != '\n') {
      read = read();
      if (read < 0) {
        break;
      }
      if (line.size() == LONGEST_LINE) {
        throw noTrace("is longer than %,d bytes".formatted(LONGEST_LINE));
      }
      line.write(read);
    }
    if (line.size() == 0 && number > 1) {
      return null;
    }
    String text = text(line);
    if (number == 1 && !LINE.matcher(text).matches()) {
      throw noTrace(text.isEmpty() ? "is missing" : "is not like one");
    }
    return text;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private int read() {
    try {
      return in.read();
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private String text(ByteArrayOutputStream line) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException binary) {
      // Told below, as for the other bytes that no text has.
    }
    throw noTrace("is no text");
  }

  private UserError noTrace(String why) {
    return new UserError(
        "%s is no trace: line %d %s; the first of a trace is like '%s'"
            .formatted(file, number, why, LIKE));
  }

  private UserError unreadable(IOException failed) {
    return new UserError("cannot read " + file + ": " + Input.reason(failed), failed);
  }
}
