package io.heddle.engine;

/** Tells a failure of a decoder from one of a handler. */
final class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Exception failure;

  DecodeException(Exception failure) {
    super(failure);
    this.failure = failure;
  }

  /** What the decoder threw. */
  Exception failure() {
    return failure;
  }
}
