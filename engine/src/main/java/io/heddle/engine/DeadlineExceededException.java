package io.heddle.engine;

/** Says that an event was not complete in time, and which of {@link Patience}'s times that was. */
public final class DeadlineExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeadlineExceededException(String message) {
    super(message);
  }
}
