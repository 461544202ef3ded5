package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.BrokerAction;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.PartitionTarget;
import io.heddle.scenarios.model.Skew;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Trigger.Pick;
import io.heddle.scenarios.model.Units;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes faults, each as a mapping on one line. */
final class FaultWriter {
  private FaultWriter() {}

  static Yaml.Flow write(Fault fault) {
    Yaml.Flow flow = new Yaml.Flow().put("name", Yaml.text(fault.name()));
    boolean aimed = false;
    if (fault.trigger() instanceof Trigger.At once) {
      flow.put("at", Units.format(once.at()));
    } else if (fault.trigger() instanceof Trigger.Every every) {
      flow.put("every", Units.format(every.period()))
          .put("jitter", Units.format(every.jitter()))
          .put("until", Units.format(every.until()));
    } else if (fault.trigger() instanceof Trigger.OnRequest request) {
      flow.put("on", request.api().label());
      picked(flow, request.pick(), request.between(), request.member());
      aimed = true;
    } else if (fault.trigger() instanceof Trigger.When when) {
      flow.put("when", when.happening().label());
      picked(flow, when.pick(), when.between(), when.member());
      aimed = true;
    }
    action(flow, fault.action());
    if (fault.action() instanceof Action.OnClient client) {
      onClient(aimed ? flow : flow.put("member", Yaml.text(client.member().member())), client);
    } else if (fault.action() instanceof BrokerAction broker) {
      onBroker(flow, broker);
    }
    return fault.mayNotFire() ? flow.put("may-not-fire", true) : flow;
  }

  private static void picked(Yaml.Flow flow, Pick pick, Trigger.Window window, Target member) {
    if (pick instanceof Pick.Nth nth) {
      flow.put("nth", nth.n());
    } else if (pick instanceof Pick.First first) {
      flow.put("times", first.times());
    } else if (pick instanceof Pick.EveryNth every) {
      flow.put("every", every.n());
    } else if (pick instanceof Pick.Share share) {
      flow.put("probability", Units.formatShare(share.probability()));
    }
    flow.put("between", "[" + Units.format(window.from()) + ", " + Units.format(window.to()) + "]");
    flow.put("member", Yaml.text(member.member()));
  }

  private static void action(Yaml.Flow flow, Action action) {
    if (action instanceof Action.Delay delay) {
      law(flow, "delay", delay.delay());
    } else if (action instanceof Action.Throttle throttle) {
      law(flow, "throttle", throttle.time());
    } else if (action instanceof Action.AnswerError answer) {
      flow.put("do", new Yaml.Flow().put("error", answer.error()));
    } else {
      flow.put("do", action.label());
    }
    if (action instanceof Action.Hold hold) {
      flow.put("barrier", Yaml.text(hold.barrier()));
    } else if (action instanceof Action.Release release) {
      flow.put("barrier", Yaml.text(release.barrier()));
    }
  }

  private static void law(Yaml.Flow flow, String name, Distribution law) {
    flow.put("do", new Yaml.Flow().put(name, Distributions.write(law, Distributions.Unit.NANOS)));
  }

  private static void onClient(Yaml.Flow flow, Action.OnClient action) {
    if (action instanceof Action.PauseClient pause) {
      flow.put("for", Units.format(pause.lasting()));
    } else if (action instanceof Action.CrashClient crash) {
      restartAfter(flow, crash.restartAfter());
    } else if (action instanceof Action.StopClient stop) {
      restartAfter(flow, stop.restartAfter());
    } else if (action instanceof Action.StartTwin twin) {
      flow.put("for", Units.format(twin.lasting()));
    } else if (action instanceof Action.SkewClock skew) {
      skew(flow, skew.skew());
    } else if (action instanceof Action.PartitionNetwork cut) {
      flow.put("broker", cut.broker()).put("for", Units.format(cut.lasting()));
    } else if (action instanceof Action.ChangeLimits limits) {
      may(flow, "concurrency", limits.concurrency());
      may(flow, "queue-depth", limits.queueDepth());
      may(flow, "max-keys", limits.maxKeys());
    }
  }

  private static void skew(Yaml.Flow flow, Skew skew) {
    if (skew instanceof Skew.Jump jump) {
      Duration off = jump.offset();
      flow.put(off.isNegative() ? "behind" : "ahead", Units.format(off.abs()));
    } else if (skew instanceof Skew.Drift drift) {
      Duration by = drift.perSecond();
      flow.put(by.isNegative() ? "loses" : "gains", Units.format(by.abs()));
    } else if (skew instanceof Skew.Swing swing) {
      flow.put("swings", Units.format(swing.by())).put("period", Units.format(swing.period()));
    }
  }

  private static void onBroker(Yaml.Flow flow, BrokerAction action) {
    if (action instanceof BrokerAction.OnPartition partition) {
      PartitionTarget at = partition.at();
      flow.put("topic", Yaml.text(at.topic())).put("partition", at.partitionText());
    } else if (action instanceof BrokerAction.OnTopic topic) {
      flow.put("topic", Yaml.text(topic.topic()));
    }
    if (action instanceof BrokerAction.OnBroker broker) {
      flow.put("broker", broker.broker());
    }
    if (action instanceof BrokerAction.CrashBroker crash) {
      restartAfter(flow, crash.restartAfter());
    } else if (action instanceof BrokerAction.ShutDownBroker down) {
      restartAfter(flow, down.restartAfter());
    } else if (action instanceof BrokerAction.MoveCoordinator move) {
      flow.put("loading", Units.format(move.loading()));
    } else if (action instanceof BrokerAction.Truncate loss) {
      flow.put("records", loss.records());
    } else if (action instanceof BrokerAction.Expire expiry) {
      flow.put("keep", expiry.keep());
    } else if (action instanceof BrokerAction.AddPartitions more) {
      flow.put("to", more.to());
    } else if (action instanceof BrokerAction.DelayMarkers slow) {
      flow.put("by", Units.format(slow.by())).put("for", Units.format(slow.lasting()));
    } else if (action instanceof BrokerAction.HangMarkers hung) {
      flow.put("for", Units.format(hung.lasting()));
    }
  }

  private static void may(Yaml.Flow flow, String name, @Nullable Integer limit) {
    if (limit != null) {
      flow.put(name, limit);
    }
  }

  private static void restartAfter(Yaml.Flow flow, @Nullable Duration after) {
    if (after != null) {
      flow.put("restart-after", Units.format(after));
    }
  }
}
