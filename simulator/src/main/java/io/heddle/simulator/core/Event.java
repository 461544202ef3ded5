package io.heddle.simulator.core;

import org.jspecify.annotations.Nullable;

/** Something that happens at a point of virtual time. */
final class Event implements Timer, Comparable<Event> {
  /** What it takes to let an event happen. */
  enum Kind {
    /** Runs to its end without waiting for anything; any thread may run it. */
    PLAIN,
    /** Application code, which may wait: it needs a stack of its own. */
    TASK,
    /** Lets a parked thread go on. */
    WAKE
  }

  final Kind kind;
  final Actor actor;
  long rank;
  final long sequence;
  final @Nullable SimProcess owner;
  @Nullable Runnable action;
  final @Nullable SimThread thread;
  final long ticket;
  long atNanos;
  private final Timeline timeline;
  private boolean cancelled;
  private boolean taken;

  private Event(
      Timeline timeline,
      Kind kind,
      long atNanos,
      Actor actor,
      long rank,
      long sequence,
      @Nullable SimProcess owner,
      @Nullable Runnable action,
      @Nullable SimThread thread,
      long ticket) {
    this.timeline = timeline;
    this.kind = kind;
    this.atNanos = atNanos;
    this.actor = actor;
    this.rank = rank;
    this.sequence = sequence;
    this.owner = owner;
    this.action = action;
    this.thread = thread;
    this.ticket = ticket;
  }

  static Event run(
      Timeline timeline,
      Kind kind,
      long atNanos,
      Actor actor,
      long rank,
      long sequence,
      @Nullable SimProcess owner,
      Runnable action) {
    return new Event(timeline, kind, atNanos, actor, rank, sequence, owner, action, null, 0);
  }

  static Event wake(
      Timeline timeline, long atNanos, long rank, long sequence, SimThread thread, long ticket) {
    return new Event(
        timeline,
        Kind.WAKE,
        atNanos,
        thread.actor(),
        rank,
        sequence,
        thread.process(),
        null,
        thread,
        ticket);
  }

  @Override
  public void cancel() {
    if (!cancelled && !taken) {
      cancelled = true;
      action = null;
      timeline.calledOff();
    }
  }

  /** It is about to happen, so that it can no longer be called off. */
  void take() {
    taken = true;
  }

  /** It is still to happen after all, later. */
  void putBack() {
    taken = false;
  }

  boolean cancelled() {
    return cancelled;
  }

  @Override
  public int compareTo(Event other) {
    int order = Long.compare(atNanos, other.atNanos);
    if (order == 0) {
      order = Long.compare(rank, other.rank);
    }
    return order == 0 ? Long.compare(sequence, other.sequence) : order;
  }
}
