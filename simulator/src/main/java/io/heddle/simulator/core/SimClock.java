package io.heddle.simulator.core;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** Wall time in a simulation: a fixed start and the virtual time since. */
public final class SimClock extends Clock {
  /** What a simulated wall clock shows when a run starts. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final LongSupplier nanoTime;
  private final ZoneId zone;

  /** A clock in UTC that advances with these nanoseconds. */
  public SimClock(LongSupplier nanoTime) {
    this(nanoTime, ZoneOffset.UTC);
  }

  private SimClock(LongSupplier nanoTime, ZoneId zone) {
    this.nanoTime = nanoTime;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SimClock(nanoTime, other);
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanoTime.getAsLong());
  }

  @Override
  public long millis() {
    return START.toEpochMilli() + nanoTime.getAsLong() / 1_000_000;
  }
}
