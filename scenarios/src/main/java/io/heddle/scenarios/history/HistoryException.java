package io.heddle.scenarios.history;

/** A history that is not as it should be, told in one line that names the place. */
public final class HistoryException extends Exception {
  private static final long serialVersionUID = 1;

  private final long line;

  HistoryException(long line, String message) {
    super("line " + line + ": " + message);
    this.line = line;
  }

  /** The line that is wrong, from 1. */
  public long line() {
    return line;
  }
}
