package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Action;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.network.Barrier;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.Map;

/** Makes verdicts of the network of what a scenario does to requests. */
final class Verdicts {
  private final FaultPlan plan;
  private final Map<String, Barrier> barriers;

  Verdicts(FaultPlan plan, Map<String, Barrier> barriers) {
    this.plan = plan;
    this.barriers = barriers;
  }

  Verdict of(Action.OnRequest action) {
    if (action instanceof Action.Delay delay) {
      return new Verdict.Delay(choices -> delay.delay().sample(choices::unit));
    } else if (action instanceof Action.Throttle throttle) {
      return new Verdict.Throttle(choices -> throttle.time().sample(choices::unit));
    } else if (action instanceof Action.DropRequest) {
      return new Verdict.DropRequest();
    } else if (action instanceof Action.ApplyThenDrop) {
      return new Verdict.ApplyThenDrop();
    } else if (action instanceof Action.Duplicate) {
      return new Verdict.Duplicate();
    } else if (action instanceof Action.Disconnect) {
      return new Verdict.Disconnect();
    } else if (action instanceof Action.Hold hold) {
      return new Verdict.Hold(barriers.computeIfAbsent(hold.barrier(), name -> plan.barrier()));
    } else if (action instanceof Action.AnswerError answer) {
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
