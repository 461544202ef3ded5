package io.heddle.scenarios.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Spells values so that they read back as they were. */
final class Yaml {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*|0|[1-9][0-9]{0,17}");
  private static final List<String> WORDS = List.of("true", "false", "null");
  private static final Pattern PARAGRAPH = Pattern.compile("[!-~]+( [!-~]+)*");
  private static final int WIDTH = 96;

  private Yaml() {}

  /** A text on one line, in quotes where it needs them. */
  static String text(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text)) {
      return text;
    }
    return text.codePoints().mapToObj(Yaml::escaped).collect(Collectors.joining("", "\"", "\""));
  }

  /** A text that may be long: folded over several indented lines if that loses nothing. */
  static String paragraph(String text) {
    if (text.length() <= WIDTH || !PARAGRAPH.matcher(text).matches()) {
      return text(text);
    }
    StringBuilder folded = new StringBuilder(">-");
    int column = WIDTH;
    for (String word : text.split(" ", -1)) {
      boolean fits = column + 1 + word.length() <= WIDTH;
      folded.append(fits ? " " : "\n  ").append(word);
      column = fits ? column + 1 + word.length() : 2 + word.length();
    }
    return folded.toString();
  }

  /** A list on one line. */
  static String list(List<String> texts) {
    return texts.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Settings of Kafka's on one line. */
  static Flow settings(Map<String, String> settings) {
    Flow flow = new Flow();
    settings.forEach((name, value) -> flow.put(name, text(value)));
    return flow;
  }

  private static String escaped(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default ->
          isShown(c) ? Character.toString(c) : String.format(c > 0xFFFF ? "\\U%08X" : "\\u%04X", c);
    };
  }

  /** ASCII, letters of any language, and the dashes, quotation marks and dots that go with them. */
  private static boolean isShown(int c) {
    return (c >= ' ' && c <= '~')
        || (c > 0x7F && c < 0xD800 && Character.isLetterOrDigit(c))
        || (c >= 0x2010 && c <= 0x2026);
  }

  /** A mapping on one line, field by field. Not thread-safe. */
  static final class Flow {
    private final List<String> fields = new ArrayList<>();

    /** Adds a field whose value is spelled already. */
    Flow put(String name, Object spelled) {
      fields.add(name + ": " + spelled);
      return this;
    }

    boolean isEmpty() {
      return fields.isEmpty();
    }

    @Override
    public String toString() {
      return "{" + String.join(", ", fields) + "}";
    }
  }
}
