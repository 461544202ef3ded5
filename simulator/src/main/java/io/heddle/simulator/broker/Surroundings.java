package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import org.apache.kafka.common.Uuid;

/** What the cluster needs of the world around it: time, names that nobody else has, a witness. */
public interface Surroundings {
  /** Nanoseconds since the start of the run. */
  long nanoTime();

  /** Milliseconds since the epoch, as the brokers' clocks show them. */
  long wallMillis();

  /** Runs the action once, {@code delayNanos} from now, unless it is cancelled before. */
  Timer after(long delayNanos, Runnable action);

  /**
   * How long the next transaction marker is on its way to its partition; each has a time of its
   * own.
   */
  default long markerDelayNanos() {
    return 0;
  }

  /** The part of a new member's id that follows the client id; never the same twice. */
  String newMemberSuffix(String clientId);

  /** The id of a new topic; never the same twice. */
  Uuid newTopicId();

  /** Takes down what has just happened. */
  void record(Fact fact);

  /** An action to come. */
  interface Timer {
    /** Keeps the action from running; does nothing if it has run. */
    void cancel();
  }
}
