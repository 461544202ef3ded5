package io.heddle.planted.inside;

import java.util.Map;
import java.util.TreeMap;

/**
 * One ownership of a partition by one member, as its listener hears of it. Not thread-safe: exactly
 * one simulated thread runs.
 */
final class Tenure {
  private static final long SLACK_NANOS = 30_000_000;

  private final Rules rules;
  private final String name;
  private final Map<String, Long> last = new TreeMap<>();
  private boolean over;
  private long droppedNanos = Long.MAX_VALUE;
  private long attempted = -1;
  private int attempts;

  Tenure(Rules rules, String name) {
    this.rules = rules;
    this.name = name;
  }

  /** The listener was told that nothing of this ownership runs any more. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** The partition is gone: only jobs that run may go on. */
  void drop(long nowNanos) {
    droppedNanos = Math.min(droppedNanos, nowNanos);
  }

  /** The application is asked to finish something. */
  void finishes(String what, long nowNanos) {
    called(what);
    // A strand that had looked before may have been held up since.
    rules.check(
        nowNanos - SLACK_NANOS <= droppedNanos,
        "after-lost",
        what + " was called for " + name + ", which is gone");
  }

  /** The application is called for this ownership. */
  void called(String what) {
    rules.check(!over, "after-revoked", what + " was called for " + name + ", which was revoked");
  }

  /** Something that has to come in the order of offsets, once each, for a key of one stage. */
  void inOrder(String stage, String key, long offset) {
    Long before = last.put(stage + " " + key, offset);
    rules.check(
        before == null || before < offset,
        "callback-order",
        "%s of key %s in %s: offset %d came after %d".formatted(stage, key, name, offset, before));
  }

  /** As {@link #inOrder}, where the same offset may come again. */
  void again(String stage, String key, long offset) {
    Long before = last.put(stage + " " + key, offset);
    rules.check(
        before == null || before <= offset,
        "key-order",
        "%s of key %s in %s: offset %d came after %d".formatted(stage, key, name, offset, before));
  }

  /** A handler's attempt at this offset: all before it must have been handled. */
  void attempt(long offset, Rules check) {
    check.check(
        offset >= attempted,
        "callback-order",
        "the handler had offset %d of %s after %d".formatted(offset, name, attempted));
    attempts = offset == attempted ? attempts + 1 : 1;
    attempted = offset;
  }

  /** How many attempts there were at this offset, if it was the last one. */
  int attempts(long offset) {
    return offset == attempted ? attempts : 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
