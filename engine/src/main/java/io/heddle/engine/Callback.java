package io.heddle.engine;

import org.jspecify.annotations.Nullable;

/** Application code that decides about an event, on its strand. */
@FunctionalInterface
interface Callback {
  ExecutionState run() throws Exception;

  /** Those that share an order run one after another, also if one of them has to be retried. */
  default @Nullable Object order() {
    return null;
  }

  /** What it is, for messages. */
  default String stage() {
    return "handler";
  }

  /** Whether this is the failure that it was told of itself: then it is not worth another try. */
  default boolean declines(Exception failure) {
    return false;
  }
}
