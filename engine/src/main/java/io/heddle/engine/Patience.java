package io.heddle.engine;

import java.time.Duration;

/**
 * How long a source waits for what may never come. Zero stands for ever, everywhere here.
 *
 * @param jobDeadline how long one attempt of a job, one batch, or an application's own asynchronous
 *     part may take, from its start to its completion, before the event is answered as {@link
 *     FailureStage#DEADLINE} says. It is noticed at most a quarter later. What runs is left to end:
 *     its key stays taken and its completion is ignored
 * @param stuckAfter how long after its poll an event that holds back its partition's commit is
 *     reported to {@link EngineListener#stuck}
 * @param giveUpAfter how long after its poll such an event is answered as {@link
 *     FailureStage#STUCK} says; at least {@code stuckAfter}
 * @param topicTimeout how long after the start a topic may be missing before the source fails
 * @param instanceTimeout how long a member with a {@code group.instance.id} tries to join while the
 *     group keeps that id for another: by the consumer protocol (KIP-848) for its own former life,
 *     if that has crashed, until its session is over ({@code group.consumer.session.timeout.ms} of
 *     the broker). Then the source fails
 */
public record Patience(
    Duration jobDeadline,
    Duration stuckAfter,
    Duration giveUpAfter,
    Duration topicTimeout,
    Duration instanceTimeout) {

  /** Checks. */
  public Patience {
    Checks.notNegative(jobDeadline, "jobDeadline");
    Checks.notNegative(stuckAfter, "stuckAfter");
    Checks.notNegative(giveUpAfter, "giveUpAfter");
    Checks.notNegative(topicTimeout, "topicTimeout");
    Checks.notNegative(instanceTimeout, "instanceTimeout");
    if (!giveUpAfter.isZero() && giveUpAfter.compareTo(stuckAfter) < 0) {
      throw new IllegalArgumentException(
          "giveUpAfter must be zero or at least stuckAfter (%s), was %s"
              .formatted(stuckAfter, giveUpAfter));
    }
  }

  /**
   * Reports what is stuck for a minute, misses a topic after half a minute, waits two minutes for
   * its instance id, gives nothing up.
   */
  public static Patience defaults() {
    return new Patience(
        Duration.ZERO,
        Duration.ofMinutes(1),
        Duration.ZERO,
        Duration.ofSeconds(30),
        Duration.ofMinutes(2));
  }

  /** This, with another {@code jobDeadline}. */
  public Patience withJobDeadline(Duration value) {
    return new Patience(value, stuckAfter, giveUpAfter, topicTimeout, instanceTimeout);
  }

  /** This, with another {@code stuckAfter}. */
  public Patience withStuckAfter(Duration value) {
    return new Patience(jobDeadline, value, giveUpAfter, topicTimeout, instanceTimeout);
  }

  /** This, with another {@code giveUpAfter}. */
  public Patience withGiveUpAfter(Duration value) {
    return new Patience(jobDeadline, stuckAfter, value, topicTimeout, instanceTimeout);
  }

  /** This, with another {@code topicTimeout}. */
  public Patience withTopicTimeout(Duration value) {
    return new Patience(jobDeadline, stuckAfter, giveUpAfter, value, instanceTimeout);
  }

  /** This, with another {@code instanceTimeout}. */
  public Patience withInstanceTimeout(Duration value) {
    return new Patience(jobDeadline, stuckAfter, giveUpAfter, topicTimeout, value);
  }
}
