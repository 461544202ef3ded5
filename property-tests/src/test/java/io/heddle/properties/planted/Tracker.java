package io.heddle.properties.planted;

import java.util.OptionalLong;
import java.util.TreeSet;

/** How far one ownership of a partition has come. Not thread-safe. */
final class Tracker {
  private final TreeSet<Long> pending = new TreeSet<>();
  private long next = -1;
  private long highestComplete = -1;
  private long committed = -1;

  void polled(long offset) {
    pending.add(offset);
    next = offset + 1;
  }

  void complete(long offset) {
    pending.remove(offset);
    highestComplete = Math.max(highestComplete, offset);
  }

  /** The end of the completed prefix, unless it is committed already. */
  OptionalLong prefix() {
    return unlessCommitted(pending.isEmpty() ? next : pending.first());
  }

  /** Past the highest record that is complete. */
  OptionalLong pastHighestComplete() {
    return unlessCommitted(highestComplete < 0 ? -1 : highestComplete + 1);
  }

  /** Past the highest record that was polled. */
  OptionalLong pastPolled() {
    return unlessCommitted(next);
  }

  private OptionalLong unlessCommitted(long offset) {
    return offset <= committed ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  void committed(long offset) {
    committed = Math.max(committed, offset);
  }
}
