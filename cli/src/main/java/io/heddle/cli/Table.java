package io.heddle.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rows in aligned columns, two blanks apart. What does not fit into the page is cut off in the last
 * one, or goes on below itself.
 */
final class Table {
  private static final String BETWEEN = "  ";

  private final String alignment;
  private final List<String[]> rows = new ArrayList<>();
  private final List<UnaryOperator<String>> paints = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param alignment a letter for each column: {@code l} for left, {@code r} for right, and for the
   *     last one {@code w} for left, over as many lines as it takes
   */
  Table(String alignment) {
    this.alignment = alignment;
  }

  /** Adds a row; cells that are left out are empty. */
  Table row(String... cells) {
    return paintedRow(UnaryOperator.identity(), cells);
  }

  /** Adds a row whose second cell is painted. */
  Table paintedRow(UnaryOperator<String> paint, String... cells) {
    String[] row = new String[alignment.length()];
    Arrays.fill(row, "");
    System.arraycopy(cells, 0, row, 0, cells.length);
    rows.add(row);
    paints.add(paint);
    return this;
  }

  void printTo(Page page) {
    int[] widths = widths(page.width());
    for (int r = 0; r < rows.size(); r++) {
      print(rows.get(r), paints.get(r), widths, page);
    }
  }

  private void print(String[] row, UnaryOperator<String> paint, int[] widths, Page page) {
    int last = row.length - 1;
    if (alignment.charAt(last) != 'w') {
      page.line(line(row, paint, widths));
      return;
    }
    String[] below = row.clone();
    for (String part : Page.wrap(row[last], 0, Math.max(1, widths[last]))) {
      below[last] = part;
      page.line(line(below, paint, widths));
      Arrays.fill(below, "");
    }
  }

  private String line(String[] row, UnaryOperator<String> paint, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.length; c++) {
      String cell = Page.cut(row[c], widths[c]);
      String padding = " ".repeat(widths[c] - cell.length());
      String painted = c == 1 ? paint.apply(cell) : cell;
      line.append(c == 0 ? "" : BETWEEN);
      line.append(alignment.charAt(c) == 'r' ? padding + painted : painted + padding);
    }
    return line.toString().stripTrailing();
  }

  private int[] widths(int width) {
    int[] widths = new int[alignment.length()];
    for (String[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    int excess = Arrays.stream(widths).sum() + BETWEEN.length() * (widths.length - 1) - width;
    for (int c = widths.length - 1; c >= 0 && excess > 0; c--) {
      int cut = Math.min(excess, Math.max(0, widths[c] - 8));
      widths[c] -= cut;
      excess -= cut;
    }
    return widths;
  }
}
