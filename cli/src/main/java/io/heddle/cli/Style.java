package io.heddle.cli;

/** Colours for a terminal, or none. */
enum Style {
  PLAIN,
  COLOURS;

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
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
