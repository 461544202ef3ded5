package io.heddle.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where two traces begin to differ, with the lines around it. */
final class DiffReport {
  private static final String[] COLUMNS = {"the time", "the process", "the event", "the details"};
  private static final int NUMBER_WIDTH = 8;

  private DiffReport() {}

  static String text(Path a, Path b, TraceDiff.Difference difference, Style style) {
    Page page = new Page(style);
    page.paragraph(
        Page.dotted(
            "DIFFERENT from line " + Units.count(difference.line()),
            what(difference.a(), difference.b())),
        2,
        "DIFFERENT",
        style::bad);
    page.gap();
    page.paragraph("- " + a, 2, "-", style::bad);
    page.paragraph("+ " + b, 2, "+", style::good);
    page.gap();
    lines(page, ' ', difference.line() - difference.before().size(), difference.before());
    side(page, '-', difference.line(), difference.a(), style::bad);
    side(page, '+', difference.line(), difference.b(), style::good);
    return page.toString();
  }

  private static String what(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return "one of them ends there";
    }
    String[] ofA = a.get(0).strip().split(" +", COLUMNS.length);
    String[] ofB = b.get(0).strip().split(" +", COLUMNS.length);
    for (int i = 0; i < Math.min(ofA.length, ofB.length); i++) {
      if (!ofA[i].equals(ofB[i])) {
        return COLUMNS[i] + " first";
      }
    }
    return "only blanks or the end of a line";
  }

  private static void lines(Page page, char sign, long first, List<String> lines) {
    long number = first;
    for (String line : lines) {
      page.line(Page.cut(numbered(sign, number++, line), page.width()));
    }
  }

  private static void side(
      Page page, char sign, long first, List<String> lines, UnaryOperator<String> paint) {
    if (lines.isEmpty()) {
      page.paragraph(numbered(sign, first, "(the file ends)"), 2, sign + "", paint);
      return;
    }
    // What differs may stand far to the right: the line is shown whole.
    page.paragraph(numbered(sign, first, lines.get(0)), NUMBER_WIDTH + 3, sign + "", paint);
    long number = first + 1;
    for (String line : lines.subList(1, lines.size())) {
      String cut = Page.cut(numbered(sign, number++, line), page.width());
      page.paragraph(cut, 2, sign + "", paint);
    }
  }

  private static String numbered(char sign, long number, String line) {
    String text = Long.toString(number);
    return sign + " ".repeat(Math.max(0, NUMBER_WIDTH - text.length())) + text + "  " + line;
  }
}
