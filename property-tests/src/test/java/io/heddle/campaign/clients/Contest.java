package io.heddle.campaign.clients;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays traces on both sides and compares what comes of each step.
 *
 * <p>A real broker has its own time: where the sides part, the trace is played there again, and
 * only what parts from every one of its outcomes is a difference.
 */
final class Contest {
  private static final int PLAYS = 3;

  private final KafkaSide.Broker broker;
  private final AtomicLong plays = new AtomicLong();
  private final Simulated simulated;

  /** How a trace is played on the simulated side. */
  @FunctionalInterface
  interface Simulated {
    /** The outcomes of its steps. */
    List<String> play(Trace trace, String prefix, long seed);
  }

  /**
   * What came of comparing.
   *
   * @param explained how many steps came out differently as an explanation says
   * @param parting the first step that came out differently without one
   * @param again whether the real broker did first otherwise, and then the same
   */
  record Result(int explained, Optional<Parting> parting, boolean again) {}

  Contest(KafkaSide.Broker broker, Simulated simulated) {
    this.broker = broker;
    this.simulated = simulated;
  }

  /**
   * Plays and compares.
   *
   * @param seed of the simulated side
   */
  Result of(Trace trace, long seed) {
    List<String> simulator = simulated.play(trace, prefix(), seed);
    Result result = compare(trace, broker.play(trace, prefix()), simulator);
    for (int i = 1; i < PLAYS && result.parting().isPresent(); i++) {
      Result next = compare(trace, broker.play(trace, prefix()), simulator);
      result = new Result(next.explained(), next.parting(), next.parting().isEmpty());
    }
    return result;
  }

  /** The names of a play differ from those of all others. */
  private String prefix() {
    return "x" + plays.incrementAndGet() + "-";
  }

  private static Result compare(Trace trace, List<String> kafka, List<String> simulator) {
    int explained = 0;
    for (int i = 0; i < trace.steps().size(); i++) {
      Step step = trace.steps().get(i);
      String left = i < kafka.size() ? kafka.get(i) : "never came to it";
      String right = i < simulator.size() ? simulator.get(i) : "never came to it";
      if (!left.equals(right)) {
        Parting parting = new Parting(i, step, left, right);
        return new Result(explained, Optional.of(parting), false);
      }
    }
    return new Result(explained, Optional.empty(), false);
  }

  /** The least of the trace that still parts at the same call. */
  Trace minimise(Trace trace, Parting parting, long seed, int mostPlays) {
    Trace least = trace.upTo(parting.index());
    int left = mostPlays;
    for (int chunk = Math.max(1, least.steps().size() / 2); chunk >= 1; chunk /= 2) {
      for (int from = least.steps().size() - 1 - chunk; from >= 0 && left > 0; from -= chunk) {
        Trace shorter = least.without(from, from + chunk);
        left--;
        if (of(shorter, seed)
            .parting()
            .filter(it -> it.step().api().equals(parting.step().api()))
            .isPresent()) {
          least = shorter;
          from = Math.min(from, least.steps().size() - 1);
        }
      }
    }
    return least;
  }
}
