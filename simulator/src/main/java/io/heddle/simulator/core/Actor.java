package io.heddle.simulator.core;

/**
 * Who makes things happen one after the other: a thread, a worker of an executor, a connection, a
 * client's timers. By {@link Schedule.Pct} all that one actor does has one priority. Not
 * thread-safe: whoever has the turn uses it.
 */
public final class Actor {
  /** Of an actor that has done nothing yet. */
  static final long NONE = -1;

  private final String name;
  private long rank = NONE;
  private int stumbles;

  /** An actor that has done nothing yet; the name is for messages. */
  public Actor(String name) {
    this.name = name;
  }

  /** Lower goes first; {@link #NONE} if it has not been drawn. */
  long rank() {
    return rank;
  }

  void rank(long value) {
    rank = value;
  }

  /** Gets another rank, and takes long for so many times. */
  void fall(long lower, int times) {
    rank = lower;
    stumbles = times;
  }

  /** Whether it takes long this time, because it has fallen. */
  boolean stumbles() {
    if (stumbles == 0) {
      return false;
    }
    stumbles--;
    return true;
  }

  @Override
  public String toString() {
    return name;
  }
}
