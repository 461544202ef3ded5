package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Trigger.Pick;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.simulator.fault.FactFault;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.fault.RequestFault;
import io.heddle.simulator.fault.TimedFault;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.Exchange;
import io.heddle.simulator.protocol.ApiKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plans the faults of a scenario, and tells how often each has struck. */
final class RunFaults {
  private final List<Fault> faults;
  private final FaultPlan plan;
  private final FaultActions actions;
  private final Verdicts verdicts;
  private final Map<String, io.heddle.simulator.fault.Fault> planned = new LinkedHashMap<>();
  private final Map<String, Long> noted = new LinkedHashMap<>();
  private final Map<String, Long> seen = new LinkedHashMap<>();

  RunFaults(List<Fault> faults, FaultPlan plan, FaultActions actions) {
    this.faults = faults;
    this.plan = plan;
    this.actions = actions;
    this.verdicts = new Verdicts(plan, actions.barriers());
  }

  void arm() {
    faults.forEach(fault -> planned.put(fault.name(), arm(fault)));
  }

  /** Nothing new happens; what has been begun comes to its end, restarts among it. */
  void heal() {
    plan.heal();
  }

  /** A fact has come to pass. */
  void accept(Fact fact) {
    actions.accept(fact);
  }

  /** Notes which faults have struck since it was called before. */
  void note(RunHistory history, long nowNanos) {
    for (Fault fault : faults) {
      long times = fired(fault);
      for (long i = noted.getOrDefault(fault.name(), 0L); i < times; i++) {
        history.faultFired(fault.name(), nowNanos, fault.action().lasting().toNanos());
      }
      noted.put(fault.name(), times);
    }
  }

  List<FaultResult> results() {
    return faults.stream()
        .map(fault -> new FaultResult(fault.name(), fired(fault), true, whyNot(fault)))
        .toList();
  }

  private @Nullable String whyNot(Fault fault) {
    io.heddle.simulator.fault.Fault counted = planned.get(fault.name());
    if (counted == null || counted.fired() > 0) {
      return null;
    }
    long matched = seen.getOrDefault(fault.name(), 0L);
    String reason = Unfired.reason(fault, matched, counted.obstacle(), hasRivals(fault));
    return reason.isEmpty() ? null : reason;
  }

  /** A request is for the first fault that strikes it. */
  private boolean hasRivals(Fault fault) {
    return fault.trigger() instanceof Trigger.OnRequest mine
        && faults.subList(0, faults.indexOf(fault)).stream()
            .anyMatch(
                each ->
                    each.trigger() instanceof Trigger.OnRequest other
                        && other.api() == mine.api()
                        && fired(each) > 0);
  }

  private boolean isSeen(Fault fault) {
    seen.merge(fault.name(), 1L, Long::sum);
    return true;
  }

  private long fired(Fault fault) {
    io.heddle.simulator.fault.Fault counted = planned.get(fault.name());
    return counted == null ? 0 : counted.fired();
  }

  private io.heddle.simulator.fault.Fault arm(Fault fault) {
    Trigger trigger = fault.trigger();
    if (trigger instanceof Trigger.OnRequest request) {
      return onRequest(fault, request);
    }
    Action.AtTime action = (Action.AtTime) fault.action();
    if (trigger instanceof Trigger.When when) {
      return after(fault, when, action);
    }
    TimedFault timed =
        trigger instanceof Trigger.Every every
            ? plan.every(every.period(), every.jitter()).until(every.until())
            : plan.at(((Trigger.At) trigger).at());
    return (FaultActions.canWait(action) ? timed.patiently() : timed)
        .named(fault.name())
        .then(actions.drawn(action));
  }

  private io.heddle.simulator.fault.Fault onRequest(Fault fault, Trigger.OnRequest trigger) {
    ApiKey api =
        ApiKey.named(trigger.api().label())
            .orElseThrow(
                () ->
                    new UnsupportedOperationException(
                        "faults on " + trigger.api().label() + " are not modelled"));
    Action action = fault.action();
    Predicate<String> concerned =
        name -> trigger.member().matches(name) && actions.canBefall(action, name);
    RequestFault planned =
        picked(plan.on(api), trigger.pick())
            .between(trigger.between().from(), trigger.between().to())
            .when(exchange -> concerned.test(sender(exchange)) && isSeen(fault))
            .named(fault.name());
    return action instanceof Action.AtTime moment
        ? planned.then(action.label(), exchange -> actions.to(moment, sender(exchange)))
        : planned.then(verdicts.of((Action.OnRequest) action));
  }

  private static String sender(Exchange exchange) {
    return exchange.process().member().name();
  }

  private io.heddle.simulator.fault.Fault after(
      Fault fault, Trigger.When trigger, Action.AtTime action) {
    FactFault planned =
        picked(
                plan.when(
                    fact ->
                        Happenings.is(trigger.happening(), fact)
                            && trigger.member().matches(Happenings.member(fact))
                            && actions.canBefall(action, Happenings.member(fact))
                            && isIn(trigger.between(), fact)
                            && isSeen(fault)),
                trigger.pick())
            .named(fault.name());
    return planned.then(action.label(), fact -> actions.to(action, Happenings.member(fact)));
  }

  private static boolean isIn(Trigger.Window window, Fact fact) {
    return fact.atNanos() >= window.from().toNanos() && fact.atNanos() < window.to().toNanos();
  }

  private static RequestFault picked(RequestFault fault, Pick pick) {
    if (pick instanceof Pick.Nth nth) {
      return fault.nth((int) nth.n());
    } else if (pick instanceof Pick.First first) {
      return fault.times((int) first.times());
    } else if (pick instanceof Pick.EveryNth every) {
      return fault.every((int) every.n());
    } else if (pick instanceof Pick.Share share) {
      return fault.withProbability(share.probability());
    }
    return fault.every(1);
  }

  private static FactFault picked(FactFault fault, Pick pick) {
    if (pick instanceof Pick.Nth nth) {
      return fault.nth((int) nth.n());
    } else if (pick instanceof Pick.First first) {
      return fault.times((int) first.times());
    } else if (pick instanceof Pick.EveryNth every) {
      return fault.every((int) every.n());
    } else if (pick instanceof Pick.Share share) {
      return fault.withProbability(share.probability());
    }
    return fault.every(1);
  }
}
