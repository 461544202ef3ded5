package io.heddle.simulator.core;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Wall time in a simulation: a fixed start, the virtual time since, and what the clock is off. */
public final class SimClock extends Clock {
  /** What a simulated wall clock shows when a run starts. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final LongSupplier nanoTime;
  private final Supplier<ClockSkew> skew;
  private final ZoneId zone;

  /** A clock in UTC that advances with these nanoseconds. */
  public SimClock(LongSupplier nanoTime) {
    this(nanoTime, ClockSkew::none);
  }

  /** A clock in UTC that is off by what holds at the moment at which it is asked. */
  public SimClock(LongSupplier nanoTime, Supplier<ClockSkew> skew) {
    this(nanoTime, skew, ZoneOffset.UTC);
  }

  private SimClock(LongSupplier nanoTime, Supplier<ClockSkew> skew, ZoneId zone) {
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
    return new SimClock(nanoTime, skew, other);
  }

  @Override
  public Instant instant() {
    return START.plusNanos(shownNanos());
  }

  @Override
  public long millis() {
    return START.toEpochMilli() + Math.floorDiv(shownNanos(), 1_000_000L);
  }

  private long shownNanos() {
    long now = nanoTime.getAsLong();
    return now + skew.get().offsetNanos(now);
  }
}
