package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.Locale;

/**
 * The application under test.
 *
 * @param commitEvery scenario time between two commits of a member
 * @param maxInFlight how many records of a partition are worked on or wait for it before the
 *     partition is paused
 */
public record Engine(
    Mode mode, Scheduler scheduler, Duration commitEvery, Drain drain, int maxInFlight) {
  /** The scheduler with its default settings; commits twice a second. */
  public static final Engine DEFAULT =
      new Engine(Mode.SCHEDULER, Scheduler.DEFAULT, Duration.ofMillis(500), Drain.DEFAULT, 1_000);

  /** Refuses an interval of nothing and a limit below 1. */
  public Engine {
    Require.positive("commit.every", commitEvery);
    Require.between("max-in-flight", maxInFlight, 1, 1_000_000_000);
  }

  /** How records are worked on. */
  public enum Mode {
    /** The key-ordered scheduler, with blocking handlers on its workers. */
    SCHEDULER,
    /** The key-ordered scheduler, with handlers that return a future. */
    SCHEDULER_ASYNC,
    /** Work on every record starts at once, whatever its key: order is not kept. */
    NAIVE,
    /** One record after the other, on the partition's own strand. */
    SYNC;

    /**
     * The name in files: {@code scheduler}, {@code scheduler-async}, {@code naive}, {@code sync}.
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The limits of the key-ordered scheduler.
   *
   * @param concurrency how many keys are worked on at once
   * @param queueDepth how many records of one key wait before intake stops
   * @param maxKeys how many keys are queued or worked on before intake stops
   */
  public record Scheduler(int concurrency, int queueDepth, int maxKeys) {
    /** The preset {@code default}. */
    public static final Scheduler DEFAULT = new Scheduler(4, 1_000, 10_000);

    /** Refuses limits below 1. */
    public Scheduler {
      Require.between("concurrency", concurrency, 1, 1_000_000);
      Require.between("queue-depth", queueDepth, 1, 1_000_000_000);
      Require.between("max-keys", maxKeys, 1, 1_000_000_000);
    }
  }

  /**
   * What becomes of accepted records when a partition is revoked or a member closes.
   *
   * @param timeout how long that may take
   */
  public record Drain(Policy policy, Duration timeout) {
    /** Finish what has started, for up to five seconds. */
    public static final Drain DEFAULT = new Drain(Policy.STARTED, Duration.ofSeconds(5));

    /** Refuses a negative time-out. */
    public Drain {
      Require.notNegative("drain.timeout", timeout);
    }

    /** Which records are finished. */
    public enum Policy {
      /**
       * Those whose work has started; those that wait are dropped, and read again by the next
       * owner.
       */
      STARTED,
      /** All that were accepted. */
      ACCEPTED;

      /** The name in files: {@code started}, {@code accepted}. */
      public String label() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }
}
