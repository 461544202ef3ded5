package io.heddle.simulator.client;

import java.util.OptionalLong;

/**
 * When a client asks about the cluster, after kafka-clients' {@code Metadata}: if it needs to know
 * something or has not heard for long. Between two times it waits, longer after each failure, and
 * longer after each answer that told nothing new to who asks in order to try again. What a client
 * comes to be interested in anew it asks for at once.
 */
final class RefreshTimes {
  private static final long NEVER = Long.MIN_VALUE;
  private static final long UNDRAWN = -1;

  private final Backoff backoff;
  private final long maxAgeNanos;
  private boolean wanted = true;
  private boolean widened;
  private long lastNanos = NEVER;
  private long heardNanos = NEVER;
  private long failures;
  private long unhelpful;
  private long afterFailures = UNDRAWN;
  private long afterUnhelpful = UNDRAWN;

  RefreshTimes(Backoff backoff, long maxAgeNanos) {
    this.backoff = backoff;
    this.maxAgeNanos = maxAgeNanos;
  }

  /** How long ago the client last heard of the cluster; empty if it never did. */
  OptionalLong ageNanos(long nowNanos) {
    return heardNanos == NEVER ? OptionalLong.empty() : OptionalLong.of(nowNanos - heardNanos);
  }

  /** What is known does not hold any more: something will be tried again with what is told. */
  void retry() {
    wanted = true;
  }

  /** As {@link #retry}, but at once. */
  void hurry() {
    wanted = true;
    lastNanos = NEVER;
  }

  /** Something is missing that the next answer may tell. */
  void lack() {
    wanted = true;
    unhelpful(0);
  }

  /** More is of interest than before: that is asked for at once. */
  void widen() {
    wanted = true;
    widened = true;
    lastNanos = NEVER;
    unhelpful(0);
  }

  /** Asks; what is needed from now on may be in the answer, but not what is of interest anew. */
  void ask() {
    widened = false;
  }

  /** There is an answer, which told something new or did not. */
  void answered(long nowNanos, boolean news) {
    wanted = widened;
    heardNanos = nowNanos;
    ended(nowNanos, 0);
    unhelpful(news ? 0 : unhelpful + 1);
  }

  /** There is none. */
  void failed(long nowNanos) {
    ended(nowNanos, failures + 1);
    unhelpful(0);
  }

  private void ended(long nowNanos, long failed) {
    lastNanos = nowNanos;
    failures = failed;
    afterFailures = UNDRAWN;
  }

  private void unhelpful(long count) {
    unhelpful = count;
    afterUnhelpful = UNDRAWN;
  }

  /** Whether there is a reason to ask. */
  boolean due(long nowNanos) {
    return wanted || isOld(nowNanos);
  }

  private boolean isOld(long nowNanos) {
    return heardNanos == NEVER || nowNanos - heardNanos > maxAgeNanos;
  }

  /** When asking is allowed; may be past. */
  long notBefore(long nowNanos) {
    if (unhelpful > 0 && isOld(nowNanos)) {
      unhelpful(0);
    }
    if (lastNanos == NEVER) {
      return NEVER;
    }
    long failed = Math.max(0, failures - 1);
    long useless = Math.max(0, unhelpful - 1);
    long longest =
        Math.max(backoff.longestNanos(failed), unhelpful == 0 ? 0 : backoff.longestNanos(useless));
    if (nowNanos - lastNanos >= longest) {
      return lastNanos;
    }
    if (afterFailures == UNDRAWN) {
      afterFailures = backoff.nanos(failed);
    }
    if (afterUnhelpful == UNDRAWN) {
      afterUnhelpful = unhelpful == 0 ? 0 : backoff.nanos(useless);
    }
    return lastNanos + Math.max(afterFailures, afterUnhelpful);
  }
}
