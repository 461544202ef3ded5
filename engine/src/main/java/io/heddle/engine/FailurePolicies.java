package io.heddle.engine;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Which policies there are for failures, stage by stage. */
final class FailurePolicies {
  private FailurePolicies() {}

  /** Those that lose nothing. */
  static Map<FailureStage, FailureHandling> defaults() {
    Map<FailureStage, FailureHandling> handling = new EnumMap<>(FailureStage.class);
    Duration backoff = Duration.ofMillis(100);
    for (FailureStage stage : FailureStage.values()) {
      handling.put(
          stage,
          switch (stage) {
            case DECODE, HANDLER, FINALIZER -> FailureHandling.stop().withRetries(10, backoff);
            case PROCESSOR -> FailureHandling.toFinalizer().withRetries(10, backoff);
            // The producer has its own retries, which keep the order of what is sent.
            case PRODUCE, DEADLINE, STUCK -> FailureHandling.stop();
            // Nothing is lost while commits fail; it is only done again after a restart.
            case COMMIT -> FailureHandling.stop().withRetries(Integer.MAX_VALUE, backoff);
          });
    }
    return handling;
  }

  static void check(Map<FailureStage, FailureHandling> onFailure) {
    for (FailureStage stage : FailureStage.values()) {
      FailureHandling handling = onFailure.get(stage);
      if (handling == null) {
        throw new IllegalArgumentException(
            "onFailure must name every stage, %s is missing".formatted(stage));
      }
      if (handling.then() == FailurePolicy.TO_FINALIZER && stage != FailureStage.PROCESSOR) {
        throw new IllegalArgumentException(
            "onFailure must be TO_FINALIZER for PROCESSOR only, was for %s".formatted(stage));
      }
      if (handling.maxAttempts() > 1 && !stage.isRepeatable()) {
        throw new IllegalArgumentException(
            "onFailure must have one attempt for %s, which cannot be tried again, had %d"
                .formatted(stage, handling.maxAttempts()));
      }
      if (stage == FailureStage.COMMIT && handling.then() != FailurePolicy.STOP) {
        throw new IllegalArgumentException(
            "onFailure must be STOP for COMMIT, which is no event's failure, was %s"
                .formatted(handling.then()));
      }
    }
  }

  /** A transaction that lacks one of its records cannot be committed without doing it over. */
  static void checkForTransactions(Map<FailureStage, FailureHandling> onFailure) {
    FailureHandling handling = onFailure.get(FailureStage.PRODUCE);
    if (handling != null
        && (handling.then() != FailurePolicy.STOP || handling.maxAttempts() != 1)) {
      throw new IllegalArgumentException(
          "onFailure must be STOP at the first attempt for PRODUCE under exactlyOnce, was %s after %d"
              .formatted(handling.then(), handling.maxAttempts()));
    }
  }
}
