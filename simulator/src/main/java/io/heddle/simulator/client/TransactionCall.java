package io.heddle.simulator.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The call that changes a transaction's state and whose outcome the application has not been told:
 * when it has timed out, only the same call may follow, and goes on waiting.
 */
final class TransactionCall {
  private record Open(TransactionOutcome outcome, TransactionPhase phase, String operation) {}

  private @Nullable Open open;

  /** Makes the call, unless it is open already. */
  TransactionOutcome once(
      TransactionPhase next, String operation, Supplier<TransactionOutcome> made) {
    Open before = unsettled();
    if (before != null) {
      if (before.phase != next) {
        throw mustBeRetried(operation, before);
      }
      return before.outcome;
    }
    TransactionOutcome outcome = made.get();
    open = new Open(outcome, next, operation);
    return outcome;
  }

  void failIfOpen(String operation) {
    Open before = unsettled();
    if (before != null) {
      throw mustBeRetried(operation, before);
    }
  }

  /** Its outcome, if there is none yet. */
  void fail(RuntimeException cause) {
    Open before = open;
    if (before != null && !before.outcome.isCompleted()) {
      before.outcome.fail(cause);
    }
  }

  private @Nullable Open unsettled() {
    Open before = open;
    if (before != null && before.outcome.isAcknowledged()) {
      open = null;
      return null;
    }
    return before;
  }

  private static IllegalStateException mustBeRetried(String operation, Open before) {
    return new IllegalStateException(
        "Cannot attempt operation `"
            + operation
            + "` because the previous call to `"
            + before.operation
            + "` timed out and must be retried");
  }
}
