package io.heddle.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the first line in which two files differ; holds a few lines of them at a time. */
final class TraceDiff {
  /** A longer line is taken for several. */
  static final int LONGEST_LINE = 1 << 16;

  private static final int BEFORE = 3;
  private static final int FROM = 3;

  /**
   * Where two files begin to differ.
   *
   * @param line the first that differs, from 1
   * @param before the last lines that both have
   * @param a lines of the first file from there on; empty if it ends there
   * @param b lines of the second file
   */
  record Difference(long line, List<String> before, List<String> a, List<String> b) {}

  private long alike;

  /** How many lines the files of the last comparison had in common from their beginning. */
  long alike() {
    return alike;
  }

  /** Compares byte by byte; empty if there is no difference. */
  Optional<Difference> compare(Path a, Path b) throws IOException {
    try (InputStream first = new BufferedInputStream(Files.newInputStream(a), LONGEST_LINE);
        InputStream second = new BufferedInputStream(Files.newInputStream(b), LONGEST_LINE)) {
      return compare(first, second);
    }
  }

  private Optional<Difference> compare(InputStream a, InputStream b) throws IOException {
    alike = 0;
    ArrayDeque<String> before = new ArrayDeque<>();
    while (true) {
      String lineOfA = next(a);
      String lineOfB = next(b);
      if (!Objects.equals(lineOfA, lineOfB)) {
        return Optional.of(
            new Difference(
                alike + 1, shown(List.copyOf(before)), rest(lineOfA, a), rest(lineOfB, b)));
      }
      if (lineOfA == null) {
        return Optional.empty();
      }
      alike++;
      before.addLast(lineOfA);
      if (before.size() > BEFORE) {
        before.removeFirst();
      }
    }
  }

  private static List<String> rest(@Nullable String first, InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = first; line != null && lines.size() < FROM; line = next(in)) {
      lines.add(line);
    }
    return shown(lines);
  }

  /** The next line with its end, each byte as a character; null if there is none. */
  private static @Nullable String next(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = 0;
    while (read != '\n' && line.size() < LONGEST_LINE) {
      read = in.read();
      if (read < 0) {
        break;
      }
      line.write(read);
    }
    return line.size() == 0 ? null : line.toString(ISO_8859_1);
  }

  private static List<String> shown(List<String> lines) {
    return lines.stream().map(TraceDiff::shown).toList();
  }

  /** As text, without what could not be seen or would move a terminal's cursor. */
  private static String shown(String line) {
    String ending = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    StringBuilder text = new StringBuilder();
    for (char c : new String(ending.getBytes(ISO_8859_1), UTF_8).toCharArray()) {
      if (Character.isISOControl(c)) {
        text.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
