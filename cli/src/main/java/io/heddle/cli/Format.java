package io.heddle.cli;

/** How a result is written. */
enum Format {
  TEXT,
  JSON;

  static Format parse(String text) {
    return switch (text) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default -> throw new IllegalArgumentException("it must be text or json");
    };
  }
}
