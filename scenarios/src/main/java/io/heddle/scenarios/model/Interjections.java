package io.heddle.scenarios.model;

import java.time.Duration;

/**
 * Something that is done for each partition again and again, in order with its records.
 *
 * @param every scenario time between two times
 * @param jitter by how much it varies both ways
 * @param service how long every other one of them takes
 * @param errors the share of attempts that fail, and are made again
 * @param asks the share of those after which more is asked for, once: of their partition, or of all
 */
public record Interjections(
    Duration every, Duration jitter, Duration service, double errors, double asks) {
  /** How long every other one takes where nothing is said of it. */
  public static final Duration SERVICE = Duration.ofMillis(1);

  /** Short ones that do not fail, and ask for nothing. */
  public Interjections(Duration every, Duration jitter) {
    this(every, jitter, SERVICE, 0, 0);
  }

  /** Refuses a jitter that could make time stand still. */
  public Interjections {
    Require.positive("every", every);
    Require.positive("service", service);
    Require.that(
        errors >= 0 && errors <= 0.5,
        "errors must be at most 50%, was " + Units.formatShare(errors));
    Require.that(
        asks >= 0 && asks <= 1, "asks must be at most 100%, was " + Units.formatShare(asks));
    Require.notNegative("jitter", jitter);
    Require.that(
        jitter.compareTo(every) < 0,
        "jitter must be less than every ("
            + Units.format(every)
            + "), was "
            + Units.format(jitter));
  }

  /** The same with another share of attempts that fail. */
  public Interjections withErrors(double share) {
    return new Interjections(every, jitter, service, share, asks);
  }

  /** The same with another share of those that ask for more. */
  public Interjections withAsks(double share) {
    return new Interjections(every, jitter, service, errors, share);
  }
}
