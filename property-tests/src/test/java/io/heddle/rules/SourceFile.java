package io.heddle.rules;

import java.util.List;

/**
 * A source file as the rules see it.
 *
 * @param path relative to the root of the repository, with slashes
 * @param lines as they are
 * @param code the text with comments and the contents of literals blanked out, line for line, so
 *     that a rule judges what is done and not what is said
 */
record SourceFile(String path, List<String> lines, String code) {
  static SourceFile of(String path, String text) {
    return new SourceFile(path, text.lines().toList(), path.endsWith(".java") ? blank(text) : text);
  }

  boolean isMainOf(String module) {
    return path.startsWith(module + "/src/main/java/") && path.endsWith(".java");
  }

  /** The line, counted from 1, of a place in the code. */
  int lineAt(int index) {
    return 1 + (int) code.chars().limit(index).filter(it -> it == '\n').count();
  }

  private enum In {
    CODE,
    LINE_COMMENT,
    COMMENT,
    TEXT,
    TEXT_BLOCK,
    CHARACTER
  }

  private static String blank(String text) {
    StringBuilder out = new StringBuilder(text.length());
    In in = In.CODE;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      In before = in;
      in = next(text, i, in);
      boolean delimiter = before != in && (c == '"' || c == '\'');
      boolean kept = c == '\n' || delimiter || (before == In.CODE && in == In.CODE);
      out.append(kept ? c : ' ');
      int skipped = skipped(text, i, before, in);
      out.append(" ".repeat(skipped));
      i += skipped;
    }
    return out.toString();
  }

  private static In next(String text, int at, In in) {
    return switch (in) {
      case CODE -> opened(text, at);
      case LINE_COMMENT -> text.charAt(at) == '\n' ? In.CODE : in;
      case COMMENT -> text.startsWith("*/", at) ? In.CODE : in;
      case TEXT -> text.charAt(at) == '"' ? In.CODE : in;
      case TEXT_BLOCK -> text.startsWith("\"\"\"", at) ? In.CODE : in;
      case CHARACTER -> text.charAt(at) == '\'' ? In.CODE : in;
    };
  }

  private static In opened(String text, int at) {
    if (text.startsWith("//", at)) {
      return In.LINE_COMMENT;
    }
    if (text.startsWith("/*", at)) {
      return In.COMMENT;
    }
    if (text.startsWith("\"\"\"", at)) {
      return In.TEXT_BLOCK;
    }
    return switch (text.charAt(at)) {
      case '"' -> In.TEXT;
      case '\'' -> In.CHARACTER;
      default -> In.CODE;
    };
  }

  /** How many more characters belong to the delimiter or escape that begins here. */
  private static int skipped(String text, int at, In before, In in) {
    if (before == In.TEXT_BLOCK || in == In.TEXT_BLOCK) {
      return before != in ? 2 : text.charAt(at) == '\\' ? 1 : 0;
    }
    if (before == In.COMMENT || in == In.COMMENT) {
      return before != in ? 1 : 0;
    }
    boolean literal = in == In.TEXT || in == In.CHARACTER;
    return literal && before == in && text.charAt(at) == '\\' ? 1 : 0;
  }
}
