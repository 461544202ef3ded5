package io.heddle.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the first line in which two traces differ; holds a few lines of them at a time. */
final class TraceDiff {
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

  /**
   * Compares line by line, whatever ends a line included; empty if there is no difference.
   *
   * @throws UserError if one of them is no trace, or cannot be read
   */
  Optional<Difference> compare(Path a, Path b) {
    try (TraceLines first = new TraceLines(a);
        TraceLines second = new TraceLines(b)) {
      return compare(first, second);
    }
  }

  private Optional<Difference> compare(TraceLines a, TraceLines b) {
    alike = 0;
    ArrayDeque<String> before = new ArrayDeque<>();
    while (true) {
      String lineOfA = a.next();
      String lineOfB = b.next();
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

  private static List<String> rest(@Nullable String first, TraceLines in) {
    List<String> lines = new ArrayList<>();
    for (String line = first; line != null && lines.size() < FROM; line = in.next()) {
      lines.add(line);
    }
    return shown(lines);
  }

  private static List<String> shown(List<String> lines) {
    return lines.stream().map(TraceDiff::shown).toList();
  }

  /** As text, without what could not be seen or would move a terminal's cursor. */
  private static String shown(String line) {
    String ending = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ending.length(); i++) {
      char c = ending.charAt(i);
      if (Character.isISOControl(c)) {
        text.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
