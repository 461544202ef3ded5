package io.heddle.simulator.core;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Wall time in a simulation: the start, the time since, and what the clock is off. Virtual time
 * starts at a fixed moment, real time at the moment at which it did. Thread-safe as far as what it
 * is made of is.
 */
public final class SimClock extends Clock {
  /** What a simulated wall clock shows when a run in virtual time starts. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Instant start;
  private final LongSupplier nanoTime;
  private final Supplier<ClockSkew> skew;
  private final ZoneId zone;

  /** A simulation's clock, in UTC. */
  public SimClock(Simulation simulation) {
    this(simulation, ClockSkew::none);
  }

  /** A simulation's clock in UTC, off by what holds at the moment at which it is asked. */
  public SimClock(Simulation simulation, Supplier<ClockSkew> skew) {
    this(simulation.startedAt(), simulation::nanoTime, skew, ZoneOffset.UTC);
  }

  private SimClock(Instant start, LongSupplier nanoTime, Supplier<ClockSkew> skew, ZoneId zone) {
    this.start = start;
    this.nanoTime = nanoTime;
    this.skew = skew;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SimClock(start, nanoTime, skew, other);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(shownNanos());
  }

  @Override
  public long millis() {
    return start.toEpochMilli() + Math.floorDiv(shownNanos(), 1_000_000L);
  }

  private long shownNanos() {
    long now = nanoTime.getAsLong();
    return now + skew.get().offsetNanos(now);
  }
}
