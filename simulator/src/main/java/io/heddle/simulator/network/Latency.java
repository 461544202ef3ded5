package io.heddle.simulator.network;

import io.heddle.simulator.choice.Choices;
import java.time.Duration;

/** How long something takes, drawn anew each time. */
@FunctionalInterface
public interface Latency {
  /** Nanoseconds, never negative. */
  long nanos(Choices.Stream choices);

  /** Always so long. */
  static Latency constant(Duration duration) {
    long nanos = duration.toNanos();
    return choices -> nanos;
  }

  /** Anything from {@code least} to {@code most}, all equally likely. */
  static Latency uniform(Duration least, Duration most) {
    long from = least.toNanos();
    long width = most.toNanos() - from;
    if (from < 0 || width < 0) {
      throw new IllegalArgumentException(
          "uniform latency must not be negative or end before it starts, was "
              + least
              + " to "
              + most);
    }
    return choices -> from + choices.below(width + 1);
  }
}
