package io.heddle.simulator.core;

/** Application code let an exception, the cause, escape from a simulated thread or task. */
public final class UncaughtException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  UncaughtException(String where, Throwable cause) {
    super(
        "uncaught in " + where + ": " + cause.getClass().getName() + ": " + cause.getMessage(),
        cause);
  }
}
