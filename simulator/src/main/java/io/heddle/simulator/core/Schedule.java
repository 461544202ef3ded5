package io.heddle.simulator.core;

/**
 * In which order happens what is due at the same point of virtual time. In real time the machine
 * decides, and a simulation has no other schedule than {@link Uniform}.
 */
public sealed interface Schedule {
  /** As {@link #of} reads it: {@code uniform} or {@code pct:DEPTH}. */
  String label();

  /** Whatever is due draws its place by itself: every order is as likely as any other. */
  record Uniform() implements Schedule {
    @Override
    public String label() {
      return "uniform";
    }
  }

  /**
   * Burckhardt, Kothari, Musuvathi and Nagarakatte's PCT (ASPLOS 2010). Each {@link Actor} draws a
   * priority once, and what is due happens in the order of its actors' priorities; at {@code depth
   * - 1} drawn steps the actor that has just taken the step falls behind all that have not fallen.
   * A mistake that takes {@code depth} steps of one time in the right order is so found with a
   * probability of at least {@code 1 / (n * steps^(depth - 1))} where there are n actors.
   *
   * <p>Since hardly anything is due at exactly the same time, priorities also decide how long
   * something takes whose time is drawn, within the law by which it is drawn: who goes first is
   * fast, who goes last is slow, and who falls is very slow for a few times.
   *
   * @param depth 1 to 100; with 1 no actor ever falls
   * @param steps in how many steps the falls are to be, at least 1; only steps count beside which
   *     something else was due
   */
  record Pct(int depth, long steps) implements Schedule {
    /** For mistakes of three steps, in runs of some 2,000 events. */
    public static final Pct USUAL = new Pct(3, 150);

    /** Refuses numbers out of their range. */
    public Pct {
      if (depth < 1 || depth > MOST_DEPTH) {
        throw new IllegalArgumentException("depth must be from 1 to 100, was " + depth);
      }
      if (steps < 1 || steps > MOST_STEPS) {
        throw new IllegalArgumentException("steps must be from 1 to 1000000000000, was " + steps);
      }
    }

    @Override
    public String label() {
      return "pct:" + depth;
    }
  }

  /** The largest depth. */
  int MOST_DEPTH = 100;

  /** The most steps. */
  long MOST_STEPS = 1_000_000_000_000L;

  /** How every run is ordered unless something else is asked for. */
  Schedule UNIFORM = new Uniform();

  /**
   * Reads {@code uniform}, {@code pct} or {@code pct:DEPTH}, where what is not said is as in {@link
   * Pct#USUAL}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Schedule of(String text) {
    if (text.equals("uniform")) {
      return UNIFORM;
    }
    if (text.equals("pct")) {
      return Pct.USUAL;
    }
    if (!text.matches("pct:[0-9]{1,9}")) {
      throw new IllegalArgumentException("it must be uniform, pct or pct:DEPTH");
    }
    return new Pct(Integer.parseInt(text.substring("pct:".length())), Pct.USUAL.steps());
  }
}
