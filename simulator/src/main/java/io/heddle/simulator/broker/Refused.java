package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.Objects;

/** A request that a coordinator does not accept: what the handler answers it with. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode error;

  Refused(ErrorCode error, String message) {
    // Thrown to be answered, never to be read: no stack trace.
    super(message, null, false, false);
    this.error = error;
  }

  ErrorCode error() {
    return error;
  }

  String text() {
    return Objects.requireNonNull(getMessage());
  }
}
