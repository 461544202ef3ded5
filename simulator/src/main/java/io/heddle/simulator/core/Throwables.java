package io.heddle.simulator.core;

import org.jspecify.annotations.Nullable;

/** Passing failures on. */
final class Throwables {
  private Throwables() {}

  static Exception asException(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (Exception) thrown;
  }

  /** What a run fails with when application code lets an exception escape from a thread or task. */
  static Throwable uncaught(String thread, @Nullable SimProcess process, Throwable thrown) {
    String where = process == null ? thread : process + "/" + thread;
    return new UncaughtException(where, thrown);
  }
}
