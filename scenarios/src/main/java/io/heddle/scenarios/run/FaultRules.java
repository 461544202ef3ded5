package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Trigger;
import io.heddle.simulator.network.Exchange;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.function.Predicate;

/** Makes rules of the network of faults that befall requests. */
final class FaultRules {
  private FaultRules() {}

  static FaultRule rule(Fault fault, Trigger.OnRequest trigger) {
    return new FaultRule(fault.name(), matches(trigger), pick(trigger.pick()), verdict(fault));
  }

  private static Predicate<Exchange> matches(Trigger.OnRequest trigger) {
    ApiKey api =
        ApiKey.named(trigger.api().label())
            .orElseThrow(
                () ->
                    new UnsupportedOperationException(
                        "faults on " + trigger.api().label() + " are not modelled"));
    long from = trigger.between().from().toNanos();
    long to = trigger.between().to().toNanos();
    return exchange ->
        exchange.request().api() == api
            && exchange.atNanos() >= from
            && exchange.atNanos() < to
            && trigger.member().matches(exchange.process().member().name());
  }

  private static FaultRule.Trigger pick(Trigger.Pick pick) {
    if (pick instanceof Trigger.Pick.All) {
      return new FaultRule.Trigger.WithProbability(1);
    }
    if (pick instanceof Trigger.Pick.Nth nth) {
      return new FaultRule.Trigger.Nth(Math.toIntExact(nth.n()));
    }
    if (pick instanceof Trigger.Pick.First first) {
      return new FaultRule.Trigger.Times(Math.toIntExact(first.times()));
    }
    if (pick instanceof Trigger.Pick.Share share) {
      return new FaultRule.Trigger.WithProbability(share.probability());
    }
    throw new AssertionError("unknown pick " + pick);
  }

  private static Verdict verdict(Fault fault) {
    Action action = fault.action();
    if (action instanceof Action.Delay delay) {
      return new Verdict.Delay(choices -> delay.delay().sample(choices::unit));
    }
    if (action instanceof Action.DropRequest) {
      return new Verdict.DropRequest();
    }
    if (action instanceof Action.ApplyThenDrop) {
      return new Verdict.ApplyThenDrop();
    }
    if (action instanceof Action.AnswerError answer) {
      return new Verdict.Fail(
          ErrorCode.named(answer.error())
              .orElseThrow(
                  () ->
                      new UnsupportedOperationException(
                          "the error " + answer.error() + " is not modelled")));
    }
    throw new AssertionError("unknown action on a request " + action);
  }
}
