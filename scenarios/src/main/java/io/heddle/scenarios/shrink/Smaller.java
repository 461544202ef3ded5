package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Distribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Plainer values than a given one; the plainest comes first. */
final class Smaller {
  private static final long MILLISECOND = 1_000_000;
  private static final long MINUTE = 60_000 * MILLISECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long MOST_AT_ONCE = 1L << 40;

  private Smaller() {}

  /** The least, the half, three quarters, and so on up to one less. */
  static List<Long> numbers(long value, long least) {
    Set<Long> smaller = new LinkedHashSet<>();
    if (value > least) {
      smaller.add(least);
      for (long less = (value - least) / 2; less > 0; less /= 2) {
        smaller.add(value - less);
      }
    }
    return List.copyOf(new ArrayList<>(smaller));
  }

  /** As {@link #numbers(long, long)}. */
  static List<Integer> numbers(int value, int least) {
    return numbers((long) value, least).stream().map(Math::toIntExact).toList();
  }

  /** Round times that are shorter: 1 ms, 2 ms, 5 ms, 10 ms and so on; nothing only if allowed. */
  static List<Duration> times(Duration value, boolean nothing) {
    List<Duration> shorter = new ArrayList<>();
    if (nothing && !value.isZero()) {
      shorter.add(Duration.ZERO);
    }
    for (long nanos : roundTimes()) {
      if (Duration.ofNanos(nanos).compareTo(value) < 0) {
        shorter.add(Duration.ofNanos(nanos));
      }
    }
    return shorter;
  }

  private static List<Long> roundTimes() {
    List<Long> round = new ArrayList<>();
    for (long decade = MILLISECOND; decade < MINUTE; decade *= 10) {
      round.add(decade);
      round.add(2 * decade);
      round.add(5 * decade);
    }
    for (long unit : new long[] {MINUTE, HOUR}) {
      for (long times : new long[] {1, 2, 5, 10, 30}) {
        round.add(times * unit);
      }
    }
    round.removeIf(nanos -> nanos == 50_000 * MILLISECOND);
    return round;
  }

  /** The same for every sample, and if it is that already, less. {@code unit} is the grain. */
  static List<Distribution> laws(Distribution law, long unit) {
    Set<Distribution> plainer = new LinkedHashSet<>();
    if (law instanceof Distribution.Constant constant) {
      long units = Math.min(constant.value(), MOST_AT_ONCE * unit) / unit;
      numbers(units, Math.min(1, units))
          .forEach(value -> plainer.add(new Distribution.Constant(value * unit)));
      return List.copyOf(new ArrayList<>(plainer));
    }
    plainer.add(new Distribution.Constant(unit));
    if (law instanceof Distribution.Uniform uniform) {
      constant(plainer, uniform.min(), unit);
      constant(plainer, uniform.max(), unit);
    } else if (law instanceof Distribution.Exponential exponential) {
      constant(plainer, exponential.mean(), unit);
      uniform(plainer, exponential.mean(), unit);
    } else if (law instanceof Distribution.LogNormal logNormal) {
      constant(plainer, logNormal.median(), unit);
      uniform(plainer, logNormal.median(), unit);
    }
    return List.copyOf(new ArrayList<>(plainer));
  }

  /** The same law of values so many times as large, in whole milliseconds where there are any. */
  static Distribution scaled(Distribution law, double times) {
    if (law instanceof Distribution.Constant constant) {
      return new Distribution.Constant(scaled(constant.value(), times));
    }
    if (law instanceof Distribution.Uniform uniform) {
      return new Distribution.Uniform(scaled(uniform.min(), times), scaled(uniform.max(), times));
    }
    if (law instanceof Distribution.Exponential exponential) {
      return new Distribution.Exponential(scaled(exponential.mean(), times));
    }
    if (law instanceof Distribution.LogNormal logNormal) {
      return new Distribution.LogNormal(scaled(logNormal.median(), times), logNormal.sigma());
    }
    return law;
  }

  private static long scaled(long value, double times) {
    long exact = (long) Math.min(MOST_AT_ONCE, value * times);
    return exact < MILLISECOND ? exact : exact / MILLISECOND * MILLISECOND;
  }

  private static void constant(Set<Distribution> laws, long value, long unit) {
    laws.add(new Distribution.Constant(rounded(value, unit)));
  }

  private static void uniform(Set<Distribution> laws, long typical, long unit) {
    long most = 2 * rounded(Math.min(typical, MOST_AT_ONCE * unit), unit);
    laws.add(new Distribution.Uniform(Math.min(unit, most), most));
  }

  private static long rounded(long value, long unit) {
    return Math.max(unit, value / unit * unit);
  }
}
