package io.heddle.simulator.fault;

import java.time.Duration;

/** Chooses the name of a fault that happens at a time, or again and again. */
public final class TimedFault {
  private final FaultPlan plan;
  private final Duration first;
  private final Duration jitter;
  private final Duration until;
  private String name = "";
  private boolean mayNotFire;
  private boolean patient;

  TimedFault(FaultPlan plan, Duration first, Duration jitter, Duration until) {
    this.plan = plan;
    this.first = first;
    this.jitter = jitter;
    this.until = until;
  }

  /** The fault's name in reports, unique in its plan. */
  public TimedFault named(String value) {
    name = value;
    return this;
  }

  /** It is all right if it cannot happen. */
  public TimedFault mayNotFire() {
    mayNotFire = true;
    return this;
  }

  /** Where it cannot happen at its time, it happens as soon as it can, if that is ever. */
  public TimedFault patiently() {
    patient = true;
    return this;
  }

  /** Adds the fault to its plan. */
  public Fault then(TimedAction action) {
    Fault fault = plan.fault(plan.name(name, action.label()), action.kind(), mayNotFire);
    if (fault.isLeftOut()) {
      return fault;
    }
    if (patient) {
      fault.patient();
    }
    if (until.isZero()) {
      plan.at(first, fault, action);
    } else {
      long weighted = (long) (first.toNanos() / plan.weight(action.kind()));
      plan.repeat(
          Duration.ofNanos(Math.max(weighted, jitter.toNanos() + 1)), jitter, until, fault, action);
    }
    return fault;
  }
}
