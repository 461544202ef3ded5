package io.heddle.scenarios.file;

import java.util.stream.Collectors;

/**
 * A scenario cannot be had as it was asked for. The message is one line: the file, the line and the
 * column (both from 1), what is wrong there, and where it helps, the nearest name that is known.
 */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private ScenarioException(String message) {
    super(message);
  }

  static ScenarioException at(String file, int line, int column, String problem) {
    return new ScenarioException(oneLine(file + ":" + line + ":" + column + ": " + problem));
  }

  /** A problem of a file as a whole. */
  static ScenarioException in(String file, String problem) {
    return at(file, 1, 1, problem);
  }

  /** A problem that has no file to point into. */
  static ScenarioException of(String problem) {
    return new ScenarioException(oneLine(problem));
  }

  /** The text as it can be shown inside of a message: quoted, and cut if it is long. */
  static String quoted(String text) {
    return quoted(text, 60);
  }

  /** The same with at most so many characters of the text. */
  static String quoted(String text, int most) {
    if (text.length() <= most) {
      return "'" + text + "'";
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return "'" + text.substring(0, end) + "…'";
  }

  private static String oneLine(String text) {
    return text.codePoints()
        .mapToObj(c -> breaksLines(c) ? String.format("\\u%04x", c) : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static boolean breaksLines(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
