package io.heddle.engine;

/** Says why an interjection was not done, or not to its end: nobody owns the partition here. */
public final class InterjectionDroppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InterjectionDroppedException(String message) {
    super(message);
  }
}
