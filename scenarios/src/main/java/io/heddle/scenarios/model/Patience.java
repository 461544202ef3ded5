package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long a member's engine waits for what may never come.
 *
 * @param jobDeadline how long one attempt, one batch or a wait for a batch may take
 * @param giveUp how long a record may hold back its partition's commits
 * @param stuckAfter how long such a record does so before it counts as stuck; zero for never
 * @param topicTimeout how long after a member's start a topic may be missing; zero for ever
 * @param instanceTimeout how long a static member asks for an instance id that the group keeps for
 *     another; zero for ever
 */
public record Patience(
    Optional<Limit> jobDeadline,
    Optional<Limit> giveUp,
    Duration stuckAfter,
    Duration topicTimeout,
    Duration instanceTimeout) {
  /** The engine's own defaults: nothing is taken back. */
  public static final Patience DEFAULT =
      new Patience(
          Optional.empty(),
          Optional.empty(),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2));

  /** Refuses what the engine would refuse. */
  public Patience {
    Require.notNegative("stuck-after", stuckAfter);
    Require.notNegative("topic-timeout", topicTimeout);
    Require.notNegative("instance-timeout", instanceTimeout);
    giveUp.ifPresent(limit -> checkStuck(limit.after(), stuckAfter));
  }

  private static void checkStuck(Duration giveUp, Duration stuck) {
    Require.that(
        giveUp.compareTo(stuck) >= 0,
        "give-up.after must be at least stuck-after ("
            + Units.format(stuck)
            + "), was "
            + Units.format(giveUp));
  }

  /** When a record counts as stuck where nothing is said of it: not after it is given up. */
  public static Duration usualStuckAfter(Optional<Limit> giveUp) {
    Duration usual = DEFAULT.stuckAfter();
    return giveUp.map(Limit::after).filter(after -> after.compareTo(usual) < 0).orElse(usual);
  }

  /** What takes records back from whoever has them. */
  public List<Limit> limits() {
    return Stream.of(jobDeadline, giveUp).flatMap(Optional::stream).toList();
  }

  /** The same with this deadline, or without one. */
  public Patience withJobDeadline(Optional<Limit> value) {
    return new Patience(value, giveUp, stuckAfter, topicTimeout, instanceTimeout);
  }

  /** The same, giving up what is stuck then, or never. */
  public Patience withGiveUp(Optional<Limit> value) {
    return new Patience(jobDeadline, value, stuckAfter, topicTimeout, instanceTimeout);
  }

  /** The same with the times of {@code other} after which nothing is taken back. */
  public Patience withTimesOf(Patience other) {
    return new Patience(
        jobDeadline,
        giveUp,
        giveUp.isPresent() ? usualStuckAfter(giveUp) : other.stuckAfter,
        other.topicTimeout,
        other.instanceTimeout);
  }

  /**
   * A time, and what becomes of a record when it is over.
   *
   * @param then anything but {@link OnFailure.Then#FINALIZER}
   * @param topic where dead letters go; given for those and for nothing else
   */
  public record Limit(Duration after, OnFailure.Then then, Optional<String> topic) {
    /** Refuses no time at all, a finalizer, and dead letters that have nowhere to go. */
    public Limit {
      Require.positive("after", after);
      Require.that(
          then != OnFailure.Then.FINALIZER,
          "then must be skip, dead-letter, stop-partition or stop, since no finalizer is told of"
              + " it, was finalizer");
      OnFailure.checkTopic(then, topic);
    }
  }
}
