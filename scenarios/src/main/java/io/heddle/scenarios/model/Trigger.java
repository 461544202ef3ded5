package io.heddle.scenarios.model;

import java.time.Duration;

/** When a fault fires. */
public sealed interface Trigger {
  /** At times that the scenario says. */
  sealed interface Timed extends Trigger {}

  /**
   * Once.
   *
   * @param at scenario time
   */
  record At(Duration at) implements Timed {
    /** Refuses a negative time. */
    public At {
      Require.notNegative("at", at);
    }
  }

  /**
   * Again and again. The first time is one period after the start.
   *
   * @param period scenario time from one firing to the next ({@code every} in a file)
   * @param jitter each period is longer or shorter by up to this much, drawn uniformly
   * @param until scenario time from which on it does not fire
   */
  record Every(Duration period, Duration jitter, Duration until) implements Timed {
    /** Refuses a jitter that could make time stand still. */
    public Every {
      Require.positive("every", period);
      Require.notNegative("jitter", jitter);
      Require.that(
          jitter.compareTo(period) < 0,
          "jitter must be less than every ("
              + Units.format(period)
              + "), was "
              + Units.format(jitter));
      Require.positive("until", until);
      Require.that(
          until.compareTo(period) > 0,
          "until must be later than the first firing at "
              + Units.format(period)
              + ", was "
              + Units.format(until));
    }
  }

  /**
   * On requests. Those count that are of the API, from a matching member and sent in the window.
   */
  record OnRequest(Api api, Pick pick, Window between, Target member) implements Trigger {}

  /**
   * After something else has happened. Those count that concern a matching member and happen in the
   * window.
   */
  record When(Happening happening, Pick pick, Window between, Target member) implements Trigger {
    /** Refuses a member where none is concerned. */
    public When {
      Require.that(
          happening.hasMember() || member.isAny(),
          "member must not be given: when " + happening.label() + " concerns no member");
    }
  }

  /** A span of scenario time, from {@code from} (included) to {@code to} (excluded). */
  record Window(Duration from, Duration to) {
    /** Refuses an empty window. */
    public Window {
      Require.notNegative("between", from);
      Require.notNegative("between", to);
      Require.that(
          from.compareTo(to) < 0,
          "between must start before it ends, was ["
              + Units.format(from)
              + ", "
              + Units.format(to)
              + "]");
    }
  }

  /** Which of the requests or happenings that count are hit. */
  sealed interface Pick {
    /** All of them. */
    record All() implements Pick {}

    /** The n-th, counted from 1, and no other. */
    record Nth(long n) implements Pick {
      /** Refuses a number below 1. */
      public Nth {
        Require.between("nth", n, 1, Integer.MAX_VALUE);
      }
    }

    /** Every n-th: with 3 the third, the sixth, and so on ({@code every} in a file). */
    record EveryNth(long n) implements Pick {
      /** Refuses a number below 2, which would be all of them. */
      public EveryNth {
        Require.between("every", n, 2, Integer.MAX_VALUE);
      }
    }

    /** The first ones. */
    record First(long times) implements Pick {
      /** Refuses a number below 1. */
      public First {
        Require.between("times", times, 1, Integer.MAX_VALUE);
      }
    }

    /**
     * Each of them with the same probability.
     *
     * @param probability above 0, at most 1
     */
    record Share(double probability) implements Pick {
      /** Refuses what is no probability, and 0. */
      public Share {
        Require.that(
            probability > 0 && probability <= 1,
            "probability must be more than 0% and at most 100%, was " + probability * 100 + "%");
      }
    }
  }
}
