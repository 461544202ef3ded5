package io.heddle.benchmarks;

/** An arm broke a promise, so that its figure is void. */
final class ViolationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ViolationException(String message) {
    super(message);
  }
}
