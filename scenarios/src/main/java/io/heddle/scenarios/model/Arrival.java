package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.List;

/** When the records of a workload are due. */
public sealed interface Arrival {
  /** The highest rate that can be asked for, in records per second. */
  double FASTEST = 1e7;

  /** At equal distances. */
  record Uniform(double perSecond) implements Arrival {
    /** Refuses a rate that is not above 0. */
    public Uniform {
      Arrival.check(perSecond);
    }
  }

  /** Independently of each other, at distances drawn from the exponential distribution. */
  record Poisson(double perSecond) implements Arrival {
    /** Refuses a rate that is not above 0. */
    public Poisson {
      Arrival.check(perSecond);
    }
  }

  /** All at once, when the workload starts. */
  record Burst() implements Arrival {}

  /**
   * Whenever a client has room for another one: each sends so many, and one more each time one of
   * them is complete and it has thought.
   *
   * @param clients 1 to 100, each with a producer of its own
   * @param outstanding how many records a client has under way, 1 to 10,000
   * @param think how long a client waits before it sends again, in nanoseconds
   */
  record ClosedLoop(int clients, int outstanding, Distribution think) implements Arrival {
    /** Refuses a loop without room. */
    public ClosedLoop {
      Require.between("clients", clients, 1, 100);
      Require.between("outstanding", outstanding, 1, 10_000);
    }
  }

  /** As recorded traffic has them, with its keys and sizes. */
  record Replay(List<Recorded> records) implements Arrival {
    /** Refuses too few and too many records. */
    public Replay {
      records = List.copyOf(records);
      Require.that(
          !records.isEmpty() && records.size() <= Recorded.MOST,
          "replay must have 1 to " + Recorded.MOST + " records, has " + records.size());
    }

    /** How many different keys there are. */
    public int keys() {
      return (int) records.stream().map(Recorded::key).distinct().count();
    }

    /** The times before each record. */
    public List<Duration> gaps() {
      return records.stream().map(Recorded::gap).toList();
    }

    /** How many records there are a second, on average; 0 if all are due at once. */
    public double perSecond() {
      Duration lasts = lasts();
      return lasts.isZero() ? 0 : records.size() / (lasts.toNanos() / 1e9);
    }

    /** When the last record is due, after the first one's start. */
    Duration lasts() {
      return records.stream().map(Recorded::gap).reduce(Duration.ZERO, Duration::plus);
    }
  }

  private static void check(double perSecond) {
    Require.that(
        perSecond > 0 && perSecond <= FASTEST,
        "rate must be more than 0/s and at most 10000000/s, was " + perSecond + "/s");
  }
}
