package io.heddle.scenarios.report;

import io.heddle.simulator.check.Violation;
import io.heddle.simulator.history.Fact;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Takes down what a person wants to look at after a run: latencies, throughput and lag over time,
 * who owned what, what held commits back, and what happened around the first violation. Its memory
 * is bounded: time is kept in at most {@link TimeBuckets#MOST} spans, which get wider as the run
 * gets longer, and lists say how much they left out.
 *
 * <p>Not thread-safe; a run in real time hands everything in under one lock.
 */
public final class RunHistory {
  private static final int DIGITS = 3;

  private final TimeBuckets buckets = new TimeBuckets();
  private final Tenures tenures = new Tenures();
  private final CommitGaps gaps = new CommitGaps();
  private final FailureScene scene = new FailureScene();
  private final FaultTimes faults = new FaultTimes();
  private final Histogram service = new Histogram(DIGITS);
  private final Histogram response = new Histogram(DIGITS);
  private final Optional<Consumer<? super Fact>> facts;
  private OptionalLong healedNanos = OptionalLong.empty();

  /** Takes a run down for a report alone. */
  public RunHistory() {
    this(Optional.empty());
  }

  /** Takes a run down, and hands each fact on, and with them what clients see of their calls. */
  public RunHistory(Consumer<? super Fact> facts) {
    this(Optional.of(facts));
  }

  private RunHistory(Optional<Consumer<? super Fact>> facts) {
    this.facts = facts;
  }

  /** Who is told each fact, if somebody is: who watches clients tells it what they see, too. */
  public Optional<Consumer<? super Fact>> facts() {
    return facts;
  }

  /** The next fact. */
  public void accept(Fact fact) {
    facts.ifPresent(each -> each.accept(fact));
    buckets.accept(fact);
    tenures.accept(fact);
    gaps.accept(fact);
    scene.accept(fact);
    if (fact instanceof Fact.Healed) {
      healedNanos = OptionalLong.of(fact.atNanos());
    }
  }

  /** Work on a record ended, and took this many nanoseconds. */
  public void service(long atNanos, long nanos) {
    service(atNanos, nanos, true);
  }

  /**
   * The same.
   *
   * @param measured whether it is part of the result, not only of what is drawn over time
   */
  public void service(long atNanos, long nanos, boolean measured) {
    long micros = Math.max(0, nanos / 1_000);
    if (measured) {
      service.recordValue(micros);
    }
    buckets.service(atNanos, micros);
  }

  /** A record is complete, so many nanoseconds after it was due to be sent. */
  public void response(long atNanos, long nanos) {
    response(atNanos, nanos, true);
  }

  /**
   * The same.
   *
   * @param measured whether it is part of the result, not only of what is drawn over time
   */
  public void response(long atNanos, long nanos, boolean measured) {
    long micros = Math.max(0, nanos / 1_000);
    if (measured) {
      response.recordValue(micros);
    }
    buckets.response(atNanos, micros);
  }

  /** A fault struck, and its effect lasts this long: zero where it is over at once. */
  public void faultFired(String name, long atNanos, long lastsNanos) {
    faults.fired(name, atNanos, lastsNanos);
  }

  /** An invariant was broken; the first one decides what is looked at closely. */
  public void violated(Violation violation) {
    scene.violated(violation);
  }

  /** Latency, throughput and lag over time. */
  public TimeBuckets buckets() {
    return buckets;
  }

  /** Which member owned which partition, and when. */
  public Tenures tenures() {
    return tenures;
  }

  /** Which records held a commit back longest. */
  public CommitGaps gaps() {
    return gaps;
  }

  /** What happened around the first violation. */
  public FailureScene scene() {
    return scene;
  }

  /** When faults struck. */
  public FaultTimes faults() {
    return faults;
  }

  /** When faults stopped, if they did. */
  public OptionalLong healedNanos() {
    return healedNanos;
  }

  /** Service times, in microseconds. */
  public List<Quantiles.Point> serviceCurve() {
    return Quantiles.of(service);
  }

  /** Response times, in microseconds. */
  public List<Quantiles.Point> responseCurve() {
    return Quantiles.of(response);
  }
}
