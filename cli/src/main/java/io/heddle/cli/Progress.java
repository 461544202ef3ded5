package io.heddle.cli;

import java.util.function.Supplier;

/** Told how far a run has come. Cheap enough to be called for every record; thread-safe. */
public interface Progress {
  /**
   * Reports progress.
   *
   * @param done how many units are done
   * @param total how many there are in all, or 0 if that is not known
   * @param unit what is counted: {@code records}, {@code seeds}
   */
  void at(long done, long total, String unit);

  /** The same, and how it goes; that is only asked for where it is shown. */
  default void at(long done, long total, String unit, Supplier<String> how) {
    at(done, total, unit);
  }
}
