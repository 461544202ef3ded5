package io.heddle.simulator.client;

import org.jspecify.annotations.Nullable;

/** What became of a transactional call; it may still be open when the call has timed out. */
final class TransactionOutcome {
  private final String operation;
  private boolean completed;
  private boolean acknowledged;
  private @Nullable RuntimeException failure;

  /** An open outcome; the name is that of kafka-clients' messages. */
  TransactionOutcome(String operation) {
    this.operation = operation;
  }

  String operation() {
    return operation;
  }

  void done() {
    completed = true;
  }

  void fail(RuntimeException cause) {
    failure = cause;
    completed = true;
  }

  boolean isCompleted() {
    return completed;
  }

  /** Whether the application has been told. */
  boolean isAcknowledged() {
    return acknowledged;
  }

  /** Tells the application. */
  void acknowledge() {
    acknowledged = true;
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
