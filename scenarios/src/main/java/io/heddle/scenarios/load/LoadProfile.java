package io.heddle.scenarios.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** The phases of a load one after the other, and when each record of it is due. Immutable. */
public final class LoadProfile {
  private final List<Phase> phases;

  private LoadProfile(List<Phase> phases) {
    this.phases = List.copyOf(phases);
  }

  /**
   * The phases of a plan.
   *
   * @param rate records per second in the end; of no meaning in a closed loop
   */
  static LoadProfile of(LoadPlan plan, double rate) {
    List<Phase> phases = new ArrayList<>();
    double full = plan.isClosed() ? Double.NaN : rate;
    double first = full / plan.steps();
    long at = 0;
    if (!plan.ramp().isZero()) {
      long to = plan.ramp().toNanos();
      phases.add(new Phase("ramp", Phase.Kind.RAMP, 0, to, 0, first));
      at = to;
    }
    if (!plan.warmUp().isZero()) {
      long to = at + plan.warmUp().toNanos();
      phases.add(new Phase("warm-up", Phase.Kind.WARM_UP, at, to, first, first));
      at = to;
    }
    long lasting = plan.lasting().toNanos();
    for (int i = 1; i <= plan.steps(); i++) {
      long from = at + lasting * (i - 1) / plan.steps();
      long to = at + lasting * i / plan.steps();
      String name = plan.steps() == 1 ? "measured" : "step " + i;
      double steady = full * i / plan.steps();
      phases.add(new Phase(name, Phase.Kind.MEASURED, from, to, steady, steady));
    }
    return new LoadProfile(phases);
  }

  /** All phases in their order. */
  public List<Phase> phases() {
    return phases;
  }

  /** When the last phase ends, in nanoseconds since the start. */
  public long endNanos() {
    return phases.get(phases.size() - 1).toNanos();
  }

  /** Which phase this time belongs to; past the end, the last one. */
  int at(long nanos) {
    for (int i = 0; i < phases.size() - 1; i++) {
      if (nanos < phases.get(i).toNanos()) {
        return i;
      }
    }
    return phases.size() - 1;
  }

  /** Whether what is due then is part of the result. */
  public boolean measures(long dueNanos) {
    return phases.get(at(dueNanos)).kind() == Phase.Kind.MEASURED;
  }

  /**
   * The time by which so many records are due, in nanoseconds since the start; after the end, at
   * the last rate.
   */
  double dueNanos(double records) {
    double left = records;
    Phase last = phases.get(phases.size() - 1);
    for (Phase phase : phases) {
      if (left < phase.records() || phase.equals(last)) {
        return phase.fromNanos() + 1e9 * secondsFor(phase, left);
      }
      left -= phase.records();
    }
    throw new AssertionError("a profile has a last phase");
  }

  /** How long into a phase so many records are due: the rate's integral, solved for the time. */
  private static double secondsFor(Phase phase, double records) {
    double slope = (phase.toRate() - phase.fromRate()) / phase.seconds();
    if (slope == 0) {
      return records / phase.fromRate();
    }
    double rate = phase.fromRate();
    return (StrictMath.sqrt(rate * rate + 2 * slope * records) - rate) / slope;
  }

  /** When the records of one workload are due, which has a share of the rate. Not thread-safe. */
  public static final class Pace {
    private final LoadProfile profile;
    private final double share;
    private final boolean poisson;
    private final List<Double> distances;
    private double position;

    /** Records at equal distances, or at random. */
    Pace(LoadProfile profile, double share, boolean poisson) {
      this(profile, share, poisson, List.of());
    }

    private Pace(LoadProfile profile, double share, boolean poisson, List<Double> distances) {
      this.profile = profile;
      this.share = share;
      this.poisson = poisson;
      this.distances = distances;
    }

    /**
     * Records at distances that have been recorded, again and again, which the profile's rate makes
     * shorter or longer; at equal ones if there was no time between any of them.
     */
    static Pace recorded(LoadProfile profile, double share, List<Duration> gaps) {
      double mean = gaps.stream().mapToDouble(Duration::toNanos).sum() / gaps.size();
      return new Pace(
          profile,
          share,
          false,
          mean == 0 ? List.of() : gaps.stream().map(gap -> gap.toNanos() / mean).toList());
    }

    /** When the last phase ends, in nanoseconds since the start of the load. */
    public long endNanos() {
      return profile.endNanos();
    }

    /**
     * When the next record is due, in nanoseconds since the start of the load.
     *
     * @param sequence how many were before it
     * @param unit draws a number from 0 to 1
     */
    public double nextNanos(long sequence, DoubleSupplier unit) {
      if (poisson) {
        position -= StrictMath.log1p(-unit.getAsDouble());
      } else if (distances.isEmpty()) {
        position = sequence;
      } else {
        position += distances.get((int) (sequence % distances.size()));
      }
      return profile.dueNanos(position / share);
    }
  }
}
