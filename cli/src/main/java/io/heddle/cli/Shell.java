package io.heddle.cli;

/** Writes words so that a shell reads them as one argument each. */
final class Shell {
  private Shell() {}

  static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
