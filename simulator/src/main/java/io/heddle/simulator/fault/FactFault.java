package io.heddle.simulator.fault;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.FaultRule.Trigger;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which time something happens a fault follows it: the first, unless it is said. How often
 * is chosen once.
 */
public final class FactFault {
  private static final Trigger FIRST = new Trigger.Times(1);

  private final FaultPlan plan;
  private Predicate<Fact> matches;
  private @Nullable Trigger trigger;
  private String name = "";
  private boolean mayNotFire;

  FactFault(FaultPlan plan, Predicate<Fact> matches) {
    this.plan = plan;
    this.matches = matches;
  }

  /** Only after what happens from {@code from} on and before {@code to}, since the run's start. */
  public FactFault between(Duration from, Duration to) {
    long first = from.toNanos();
    long end = to.toNanos();
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException(
          "between must end after it starts, was " + from + " to " + to);
    }
    matches = matches.and(fact -> fact.atNanos() >= first && fact.atNanos() < end);
    return this;
  }

  /** Only after the first of them. */
  public FactFault once() {
    return times(1);
  }

  /** Only after the n-th of them, counted from 1. */
  public FactFault nth(int n) {
    return trigger(new Trigger.Nth(n));
  }

  /** After each of the first so many. */
  public FactFault times(int count) {
    return trigger(new Trigger.Times(count));
  }

  /** After every n-th. */
  public FactFault every(int n) {
    return trigger(new Trigger.Every(n));
  }

  /** After each with this probability. */
  public FactFault withProbability(double probability) {
    return trigger(new Trigger.WithProbability(probability));
  }

  /** The fault's name in reports, unique in its plan. */
  public FactFault named(String value) {
    name = value;
    return this;
  }

  /** It is all right if it cannot happen. */
  public FactFault mayNotFire() {
    mayNotFire = true;
    return this;
  }

  /** Adds the fault to its plan. */
  public Fault then(TimedAction action) {
    return add(action.label(), action.kind(), fact -> action);
  }

  /**
   * Adds a fault that depends on what has happened: it befalls whom the fact is about.
   *
   * @param kind what the action does, in a word
   */
  public Fault then(String kind, Function<Fact, TimedAction> action) {
    return add(kind, kind, action);
  }

  private Fault add(String label, String kind, Function<Fact, TimedAction> action) {
    Fault fault = plan.fault(plan.name(name, label), kind, mayNotFire);
    if (fault.isLeftOut()) {
      return fault;
    }
    Trigger chosen = (trigger == null ? FIRST : trigger).weighted(plan.weight(kind));
    long[] seen = new long[1];
    plan.listen(
        fact -> {
          if (matches.test(fact) && chosen.strikes(++seen[0], plan.chances())) {
            plan.soon(fault, action.apply(fact));
          }
        });
    return fault;
  }

  private FactFault trigger(Trigger chosen) {
    if (trigger != null) {
      throw new IllegalStateException("how often a fault follows something is chosen twice");
    }
    trigger = chosen;
    return this;
  }
}
