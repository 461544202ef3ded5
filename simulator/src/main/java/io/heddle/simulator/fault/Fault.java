package io.heddle.simulator.fault;

import io.heddle.simulator.network.FaultRule;
import org.jspecify.annotations.Nullable;

/** A planned fault, with a count of how often it has happened. */
public final class Fault {
  private final String name;
  private final boolean mayNotFire;
  private final @Nullable FaultRule rule;
  private long happened;
  private String obstacle = "";
  private boolean leftOut;
  private boolean patient;

  Fault(String name, boolean mayNotFire, @Nullable FaultRule rule) {
    this.name = name;
    this.mayNotFire = mayNotFire;
    this.rule = rule;
  }

  /** Its name, unique in its plan. */
  public String name() {
    return name;
  }

  /** How often it has happened. */
  public long fired() {
    return rule == null ? happened : rule.fired();
  }

  /** Whether it should have happened, but has not. */
  public boolean unfired() {
    return fired() == 0 && !mayNotFire && !leftOut;
  }

  /** Whether the seed's swarm profile does without its kind. */
  public boolean isLeftOut() {
    return leftOut;
  }

  void leaveOut() {
    leftOut = true;
  }

  /** Whether it waits until it can happen. */
  boolean isPatient() {
    return patient;
  }

  void patient() {
    patient = true;
  }

  void happened() {
    happened++;
  }

  /** It was due, but could not happen. */
  void failed(String why) {
    obstacle = why;
  }

  /** What was in its way when it was due and could not happen; empty if that never was so. */
  public String obstacle() {
    return obstacle;
  }

  void heal() {
    if (rule != null) {
      rule.heal();
    }
  }

  /** Its name, and, if it has not happened, what was in its way. */
  @Override
  public String toString() {
    if (fired() > 0) {
      return name;
    }
    if (rule != null) {
      return name + " (" + rule.matched() + " requests matched)";
    }
    return name + (obstacle.isEmpty() ? " (its time did not come)" : " (" + obstacle + ")");
  }
}
