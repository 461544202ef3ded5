package io.heddle.simulator.client;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** A consumer's membership in its group, whichever protocol the group speaks. */
interface Membership {
  /** As of the last assignment, even if the group has been left since then. */
  ConsumerGroupMetadata metadata();

  /** How commits and look-ups of offsets are fenced. */
  CommitRules commitRules();

  /** Whether everything is given up before the group is joined again. */
  boolean eager();

  /** The application makes the group rebalance, where the protocol knows of that. */
  void requestRejoin();

  /**
   * The application has subscribed to something.
   *
   * @param anew whether that is something else than before
   */
  void subscribed(boolean anew);

  /**
   * The application polls: goes on with whatever the membership needs, which may call the listener.
   *
   * @param beforeJoin run before partitions go, for a last commit
   * @return false while positions are nobody's business: the group is being joined
   */
  boolean poll(Runnable beforeJoin);

  /** Whether {@link #poll} has something to do right now. */
  boolean hasWork();

  /** The application unsubscribes: gives everything up and leaves. */
  void unsubscribe();

  /**
   * The application closes the consumer: gives everything up, and leaves unless it is not to.
   *
   * @param deadlineNanos how long that may take
   */
  void close(long deadlineNanos, Leaving operation);
}
