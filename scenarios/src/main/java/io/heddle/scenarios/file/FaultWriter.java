package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Trigger.Pick;
import io.heddle.scenarios.model.Units;
import java.time.Duration;

/** Writes faults, each as a mapping on one line. */
final class FaultWriter {
  private FaultWriter() {}

  static Yaml.Flow write(Fault fault) {
    Yaml.Flow flow = new Yaml.Flow().put("name", Yaml.text(fault.name()));
    if (fault.trigger() instanceof Trigger.At once) {
      flow.put("at", Units.format(once.at()));
    } else if (fault.trigger() instanceof Trigger.Every every) {
      flow.put("every", Units.format(every.period()))
          .put("jitter", Units.format(every.jitter()))
          .put("until", Units.format(every.until()));
    } else if (fault.trigger() instanceof Trigger.OnRequest request) {
      flow.put("on", request.api().label());
      pick(flow, request.pick());
      flow.put(
          "between",
          "["
              + Units.format(request.between().from())
              + ", "
              + Units.format(request.between().to())
              + "]");
      flow.put("member", Yaml.text(request.member().member()));
    }
    action(flow, fault);
    return fault.mayNotFire() ? flow.put("may-not-fire", true) : flow;
  }

  private static void pick(Yaml.Flow flow, Pick pick) {
    if (pick instanceof Pick.Nth nth) {
      flow.put("nth", nth.n());
    } else if (pick instanceof Pick.First first) {
      flow.put("times", first.times());
    } else if (pick instanceof Pick.Share share) {
      flow.put("probability", Units.formatShare(share.probability()));
    }
  }

  private static void action(Yaml.Flow flow, Fault fault) {
    Action action = fault.action();
    if (action instanceof Action.Delay delay) {
      String law = Distributions.write(delay.delay(), Distributions.Unit.NANOS);
      flow.put("do", new Yaml.Flow().put("delay", law));
      return;
    }
    if (action instanceof Action.AnswerError answer) {
      flow.put("do", new Yaml.Flow().put("error", answer.error()));
      return;
    }
    flow.put("do", action.label());
    if (action instanceof Action.PauseClient pause) {
      flow.put("member", Yaml.text(pause.member().member()))
          .put("for", Units.format(pause.lasting()));
    } else if (action instanceof Action.CrashClient crash) {
      flow.put("member", Yaml.text(crash.member().member()));
      Duration restartAfter = crash.restartAfter();
      if (restartAfter != null) {
        flow.put("restart-after", Units.format(restartAfter));
      }
    } else if (action instanceof Action.RestartClient restart) {
      flow.put("member", Yaml.text(restart.member().member()));
    }
  }
}
