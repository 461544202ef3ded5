package io.heddle.properties;

import io.heddle.scenarios.model.Distribution;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary times, all of which shrink towards short and constant. */
final class Times {
  private static final long NANOS_A_MICRO = 1_000;

  private Times() {}

  static Arbitrary<Duration> millis(int least, int most) {
    return Arbitraries.integers().between(least, most).map(Duration::ofMillis);
  }

  /** Laws with a mean of at most so many microseconds, whatever their shape. */
  static Arbitrary<Distribution> law(int mostMicros) {
    Arbitrary<Long> nanos =
        Arbitraries.longs().between(1, mostMicros).map(micros -> micros * NANOS_A_MICRO);
    Arbitrary<Integer> tenths = Arbitraries.integers().between(0, 10);
    return Arbitraries.<Distribution>oneOf(
        nanos.map(Distribution.Constant::new),
        Combinators.combine(nanos, nanos)
            .as((a, b) -> new Distribution.Uniform(Math.min(a, b), Math.max(a, b))),
        nanos.map(Distribution.Exponential::new),
        Combinators.combine(nanos, tenths)
            .as((median, sigma) -> new Distribution.LogNormal(median, sigma / 10.0)));
  }
}
