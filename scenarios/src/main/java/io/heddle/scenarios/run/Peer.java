package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Work;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One life of one member of a scenario's group: the engine with an application, or another consumer
 * in its place, so that both are put to the same.
 */
public interface Peer {
  /** Makes the members of a run, in the engine's place. */
  @FunctionalInterface
  interface Factory {
    /** A member that has not been started. Must not wait for anything. */
    Peer create(PeerTask task);
  }

  /** Begins to consume. Called by a thread of the member's process, which may go on with it. */
  void start();

  /** Begins to close in good order, and returns at once. */
  void stop();

  /** Whether it is closed, or has stopped by itself. */
  boolean isOver();

  /** It {@link #isOver is over}: what it owes whoever asked for something it owes now. */
  default void closed() {}

  /** Why it has stopped by itself, if it has. */
  Optional<Throwable> failure();

  /** What changes its scheduler's limits while it works, if it has one. For any thread. */
  default Optional<Consumer<Action.ChangeLimits>> limits() {
    return Optional.empty();
  }

  /** What keeps it from committing, as clauses, for a message. */
  default List<String> blockers() {
    return List.of();
  }

  /**
   * Refuses, for members that are not the engine, work that no other consumer does.
   *
   * @throws UnsupportedOperationException by name
   */
  static void check(Work work) {
    if (work.outputs().isPresent()
        || work.onFailure().isPresent()
        || work.onUndecodable().isPresent()
        || work.types().isPresent()
        || !work.patience().limits().isEmpty()) {
      throw new UnsupportedOperationException(
          "engine.outputs, engine.on-failure, engine.on-undecodable, engine.types and"
              + " engine.patience are for members that are the engine; another consumer makes no"
              + " outputs and gives nothing up");
    }
  }
}
