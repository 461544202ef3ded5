package io.heddle.planted.inside;

import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import java.time.Duration;
import java.util.Map;

/** An application of the engine, together with what must not be seen in it. */
interface Application {

  /** What it needs of the settings. */
  default EventSourceConfig config(EventSourceConfig usual, Life life) {
    return usual;
  }

  /** How long a revocation waits for its work. */
  default Duration drainTimeout() {
    return Duration.ofMillis(500);
  }

  /** What it needs of its consumers' settings. */
  default Map<String, Object> consumer(Map<String, Object> usual) {
    return usual;
  }

  /** Whether this member may stop by itself. */
  default boolean mayFail(Life life) {
    return false;
  }

  /** Registers its handlers and all else with the source of one member. */
  void register(EventSource source, Life life);

  /** Produces about so many records. */
  default void produce(DrillRun run, int count) {
    run.produce(count);
  }

  /** What goes wrong in a run that is not calm. */
  default void trouble(DrillRun run) {
    run.usualTrouble();
  }

  /** Called at the end of faults. */
  default void healed(DrillRun run) {}
}
