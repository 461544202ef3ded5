package io.heddle.engine;

import java.util.EnumSet;
import java.util.Set;

/** The life of an {@link EventSource}. */
public enum SourceState {
  /** Built, not started: handlers may be registered. */
  NEW,
  /** Consuming. */
  RUNNING,
  /** Stopping: takes nothing in, finishes what its drain policy names. */
  DRAINING,
  /** Closed without a failure. */
  CLOSED,
  /** Stopped, or stopping, because of {@link EventSource#failure()}. */
  FAILED;

  private Set<SourceState> successors() {
    return switch (this) {
      case NEW -> EnumSet.of(RUNNING, CLOSED);
      case RUNNING -> EnumSet.of(DRAINING, FAILED);
      case DRAINING -> EnumSet.of(CLOSED, FAILED);
      case CLOSED, FAILED -> EnumSet.noneOf(SourceState.class);
    };
  }

  /** Whether a source in this state may go to {@code next}. */
  public boolean canBecome(SourceState next) {
    return successors().contains(next);
  }
}
