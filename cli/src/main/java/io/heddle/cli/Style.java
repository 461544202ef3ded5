package io.heddle.cli;

/**
 * How text looks where it is printed.
 *
 * @param colours whether it is coloured
 * @param width how many columns there are
 */
record Style(boolean colours, int width) {
  /** As it is printed to files and pipes, the same everywhere. */
  static final Style PLAIN = new Style(false, Page.WIDTH);

  /** As on a terminal that is as narrow. */
  static final Style COLOURS = new Style(true, Page.WIDTH);

  /** Longer lines are hard to read. */
  private static final int WIDEST = 120;

  /**
   * As on a terminal.
   *
   * @param columns how many it has, or nothing that is a number
   */
  static Style ofTerminal(boolean colours, String columns) {
    int known = columns.matches("[0-9]{1,6}") ? Integer.parseInt(columns) : 0;
    return new Style(colours, Math.min(WIDEST, Math.max(Page.WIDTH, known)));
  }

  String good(String text) {
    return coloured("32", text);
  }

  String bad(String text) {
    return coloured("31", text);
  }

  String doubtful(String text) {
    return coloured("33", text);
  }

  String heading(String text) {
    return coloured("1", text);
  }

  private String coloured(String code, String text) {
    return !colours ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
