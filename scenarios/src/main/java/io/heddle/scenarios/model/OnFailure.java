package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of work that fails again and again. Without this it is tried for ever.
 *
 * @param attempts how many there are in all, the first one included
 * @param backoff how long it is waited before each of the others
 * @param then what is done when the last one has failed
 * @param topic where dead letters go; given for those and for nothing else
 */
public record OnFailure(int attempts, Backoff backoff, Then then, Optional<String> topic) {
  /** The time before a second attempt where nothing is said of it. */
  public static final Duration BACKOFF = Duration.ofMillis(5);

  /** Refuses no attempt, and dead letters that have nowhere to go. */
  public OnFailure {
    Require.between("attempts", attempts, 1, 1_000_000);
    checkTopic(then, topic);
  }

  /** The same, waiting in another way. */
  public OnFailure withBackoff(Backoff value) {
    return new OnFailure(attempts, value, then, topic);
  }

  /** Dead letters need a topic, and nothing else does. */
  static void checkTopic(Then then, Optional<String> topic) {
    Require.that(
        (then == Then.DEAD_LETTER) == topic.isPresent(),
        "topic must be given with then: dead-letter and with nothing else, was "
            + topic.map(name -> "'" + name + "'").orElse("missing")
            + " with "
            + then.label());
    topic.ifPresent(name -> Require.name("topic", name));
  }

  /** What is done with a record when the last attempt at it has failed. */
  public enum Then {
    /** The scheduler's finalizer is told of the failure, and completes the record all the same. */
    FINALIZER,
    /** It is left out, and counts as complete. */
    SKIP,
    /** It is sent to a topic of its own, and is complete when it is there. */
    DEAD_LETTER,
    /** Its partition stops, until it is assigned anew; the others go on. */
    STOP_PARTITION,
    /** Its member stops. */
    STOP;

    /** The name in files, such as {@code dead-letter}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the record is complete with that, without having been worked on. */
    public boolean leavesOut() {
      return this == SKIP || this == DEAD_LETTER;
    }
  }
}
