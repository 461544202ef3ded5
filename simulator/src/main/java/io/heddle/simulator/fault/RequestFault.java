package io.heddle.simulator.fault;

import io.heddle.simulator.network.Exchange;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which requests a fault befalls: all of an API unless it is narrowed down. How often is
 * chosen once; what else narrows it down holds together.
 */
public final class RequestFault {
  private final FaultPlan plan;
  private final ApiKey api;
  private Predicate<Exchange> matches;
  private FaultRule.@Nullable Trigger trigger;
  private String name = "";
  private boolean mayNotFire;

  RequestFault(FaultPlan plan, ApiKey api) {
    this.plan = plan;
    this.api = api;
    this.matches = exchange -> exchange.request().api() == api;
  }

  /** Only requests from the process of this name, in any of its lives. */
  public RequestFault from(String process) {
    return when(exchange -> exchange.process().member().name().equals(process));
  }

  /**
   * Only requests about this group.
   *
   * @throws UnsupportedOperationException if this API's requests are not about one group
   */
  public RequestFault group(String group) {
    if (!GroupRequests.known(api)) {
      throw new UnsupportedOperationException(
          "a fault on " + api.title() + " by group is not modelled: use when(...)");
    }
    return when(exchange -> GroupRequests.of(group, exchange.request()));
  }

  /** Only requests sent from {@code from} on and before {@code to}, since the start of the run. */
  public RequestFault between(Duration from, Duration to) {
    long first = from.toNanos();
    long end = to.toNanos();
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException(
          "between must end after it starts, was " + from + " to " + to);
    }
    return when(exchange -> exchange.atNanos() >= first && exchange.atNanos() < end);
  }

  /** Only requests of which this is true. It is asked once for each that is left. */
  public RequestFault when(Predicate<Exchange> predicate) {
    matches = matches.and(predicate);
    return this;
  }

  /** Only the n-th of them, counted from 1. */
  public RequestFault nth(int n) {
    return trigger(new FaultRule.Trigger.Nth(n));
  }

  /** Only the first. */
  public RequestFault once() {
    return times(1);
  }

  /** Only the first so many. */
  public RequestFault times(int count) {
    return trigger(new FaultRule.Trigger.Times(count));
  }

  /** Only every n-th. */
  public RequestFault every(int n) {
    return trigger(new FaultRule.Trigger.Every(n));
  }

  /** Each with this probability. */
  public RequestFault withProbability(double probability) {
    return trigger(new FaultRule.Trigger.WithProbability(probability));
  }

  /** The fault's name in reports, unique in its plan. */
  public RequestFault named(String value) {
    name = value;
    return this;
  }

  /** It is all right if no request comes that it could befall, or chance spares them all. */
  public RequestFault mayNotFire() {
    mayNotFire = true;
    return this;
  }

  /** Adds the fault to its plan; where several strike a request, the first of the plan decides. */
  public Fault then(Verdict verdict) {
    String kind = Faults.label(verdict);
    FaultRule rule = rule(plan.name(name, api.title() + " " + kind), kind, verdict);
    Fault fault = new Fault(rule.name(), mayNotFire, rule);
    plan.add(fault);
    if (plan.weight(kind) == 0) {
      fault.leaveOut();
    } else {
      plan.add(rule, verdict);
    }
    return fault;
  }

  /**
   * Adds a fault that happens, not to the request, but at the moment in which it is sent: a leader
   * moves in the midst of a fetch.
   */
  public Fault then(TimedAction action) {
    return add(action.label(), action.kind(), exchange -> action);
  }

  /**
   * Adds a fault that happens at the moment in which the request is sent, and depends on it: it
   * befalls whoever sends it, for example.
   *
   * @param kind what the action does, in a word
   */
  public Fault then(String kind, Function<Exchange, TimedAction> action) {
    return add(kind, kind, action);
  }

  private Fault add(String label, String kind, Function<Exchange, TimedAction> action) {
    Fault fault = plan.fault(plan.name(name, api.title() + " " + label), kind, mayNotFire);
    if (!fault.isLeftOut()) {
      Verdict verdict = new Verdict.Perform(exchange -> plan.happen(fault, action.apply(exchange)));
      plan.add(rule(fault.name(), kind, verdict), verdict);
    }
    return fault;
  }

  private FaultRule rule(String ruleName, String kind, Verdict verdict) {
    FaultRule.Trigger chosen = trigger == null ? new FaultRule.Trigger.Every(1) : trigger;
    return new FaultRule(ruleName, matches, chosen.weighted(plan.weight(kind)), verdict);
  }

  private RequestFault trigger(FaultRule.Trigger chosen) {
    if (trigger != null) {
      throw new IllegalStateException(
          "how often a fault on " + api.title() + " strikes is chosen twice");
    }
    trigger = chosen;
    return this;
  }
}
