package io.heddle.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Text of a number of columns, built from the top. */
final class Page {
  /** As many columns as text has that goes to a file or a pipe, and every terminal at least. */
  static final int WIDTH = 80;

  private static final char UNBREAKABLE = '\u00a0';

  private final StringBuilder text = new StringBuilder();
  private final int width;

  /** An empty one, as wide as the style says. */
  Page(Style style) {
    this.width = style.width();
  }

  /** How many columns it has. */
  int width() {
    return width;
  }

  /** An empty line, unless the page is empty. */
  Page gap() {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    return this;
  }

  /** A line that is known to fit; it may hold colours. */
  Page line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** Words, wrapped at the edge; lines after the first are indented. */
  Page paragraph(String words, int indent) {
    return paragraph(words, indent, "", UnaryOperator.identity());
  }

  /**
   * Words, wrapped at the edge, the first of them painted; lines after the first are indented.
   *
   * @param first how {@code words} begins
   */
  Page paragraph(String words, int indent, String first, UnaryOperator<String> paint) {
    List<String> lines = wrap(words, indent, width);
    String head = lines.get(0).replace(UNBREAKABLE, ' ');
    text.append(
        head.startsWith(first) ? paint.apply(first) + head.substring(first.length()) : head);
    text.append('\n');
    lines.stream()
        .skip(1)
        .forEach(line -> text.append(line.replace(UNBREAKABLE, ' ')).append('\n'));
    return this;
  }

  /** The parts of a line with a dot in between; a line is broken only after a dot. */
  static String dotted(String... parts) {
    return Arrays.stream(parts)
        .map(part -> part.replace(' ', UNBREAKABLE))
        .collect(Collectors.joining(UNBREAKABLE + "· "));
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** The text, or as much of its beginning as fits, with an ellipsis. */
  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }

  /**
   * The words in lines of at most this width; a word that is too long is broken.
   *
   * @param indent of the lines after the first
   */
  static List<String> wrap(String words, int indent, int width) {
    List<String> lines = new ArrayList<>();
    String rest = words.stripTrailing();
    String prefix = "";
    while (prefix.length() + rest.length() > width) {
      int room = width - prefix.length();
      int space = rest.lastIndexOf(' ', room);
      boolean onlyIndentBefore = space <= 0 || rest.substring(0, space).isBlank();
      int end = onlyIndentBefore ? room : space;
      lines.add(prefix + rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).strip();
      prefix = " ".repeat(indent);
    }
    lines.add(prefix + rest);
    return lines;
  }
}
