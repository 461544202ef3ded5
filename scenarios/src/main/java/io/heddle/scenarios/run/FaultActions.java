package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.BrokerAction;
import io.heddle.scenarios.model.BrokerTarget;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Skew;
import io.heddle.scenarios.model.Target;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.ClockSkew;
import io.heddle.simulator.fault.Faults;
import io.heddle.simulator.fault.TimedAction;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.network.Barrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a scenario's faults do at a moment; whom, where nobody is named, is drawn then. */
final class FaultActions {
  /** What an action returns when it has been done. */
  static final String DONE = "";

  private static final Duration LOOK = Duration.ofMillis(10);

  private final SimulatedKafka kafka;
  private final Group group;
  private final List<String> members;
  private final Lives lives;
  private final Consumer<String> startMember;
  private final Twins twins;
  private final Choices.Stream targets;
  private final BrokerActions brokers;
  private final Map<String, Barrier> barriers = new LinkedHashMap<>();

  /** {@code startMember} starts the application of a member whose process has begun a new life. */
  FaultActions(
      SimulatedKafka kafka,
      Choices choices,
      Group group,
      Lives lives,
      Consumer<String> startMember) {
    this.kafka = kafka;
    this.group = group;
    this.members = group.memberNames();
    this.lives = lives;
    this.startMember = startMember;
    this.twins = new Twins(kafka, lives, startMember);
    this.targets = choices.stream("faults.targets");
    this.brokers = new BrokerActions(kafka, group.id(), targets);
  }

  /** The barriers by name, as far as something is held there. */
  Map<String, Barrier> barriers() {
    return barriers;
  }

  /** Whether the action is nothing for a process, or can befall the one of this name. */
  boolean canBefall(Action action, String name) {
    boolean unable = action instanceof Action.StartTwin && !group.isStatic(name);
    return !(action instanceof Action.OnClient) || (members.contains(name) && !unable);
  }

  /** Whether it should happen as soon as it can, if it cannot at its time. */
  static boolean canWait(Action.AtTime action) {
    return action instanceof Action.Rebalance
        || action instanceof Action.Release
        || action instanceof Action.FenceMember
        || action instanceof Action.ChangeLimits
        || action instanceof BrokerAction.OnPartition;
  }

  /** What a supervisor of the members does about a fact. */
  void accept(Fact fact) {
    if (fact instanceof Fact.Replaced replaced) {
      twins.replaced(replaced);
    }
  }

  /** Where {@code any} is one that is drawn. */
  TimedAction drawn(Action.AtTime action) {
    if (action instanceof Action.OnClient client) {
      return new TimedAction(action.label(), simulated -> onDrawn(client));
    }
    return general(action);
  }

  /** Where {@code any} is this process. */
  TimedAction to(Action.AtTime action, String member) {
    if (action instanceof Action.OnClient client) {
      return new TimedAction(action.label(), simulated -> on(client, member));
    }
    return general(action);
  }

  private TimedAction general(Action.AtTime action) {
    if (action instanceof Action.Rebalance) {
      return Faults.rebalance(group.id());
    } else if (action instanceof Action.Release release) {
      return new TimedAction(
          "release",
          simulated -> {
            Barrier barrier = barriers.get(release.barrier());
            return barrier == null
                ? "there is no barrier " + release.barrier()
                : Faults.release(barrier).act().apply(simulated);
          });
    } else if (action instanceof BrokerAction broker) {
      return new TimedAction(action.label(), simulated -> brokers.act(broker));
    }
    throw new AssertionError("unknown action " + action);
  }

  private String onDrawn(Action.OnClient action) {
    if (action.member().isAll()) {
      return onAll(action);
    }
    Predicate<String> possible =
        action instanceof Action.RestartClient
            ? name -> true
            : name -> isAlive(name) && !lives.hasLeft(name);
    String name = victim(action.member(), possible.and(each -> canBefall(action, each)));
    return name == null ? "nobody was there" : on(action, name);
  }

  /** It has been done if it has been done to anybody. */
  private String onAll(Action.OnClient action) {
    boolean done = false;
    for (String name : members) {
      done |= isAlive(name) && on(action, name).equals(DONE);
    }
    return done ? DONE : "nobody was there";
  }

  private String on(Action.OnClient action, String name) {
    if (lives.hasLeft(name) && !(action instanceof Action.RestartClient)) {
      return name + " has left";
    }
    if (action instanceof Action.PauseClient pause) {
      return act(Faults.pauseClient(name, pause.lasting()));
    } else if (action instanceof Action.CrashClient crash) {
      String obstacle = act(Faults.crashClient(name));
      Duration restartAfter = crash.restartAfter();
      if (obstacle.equals(DONE) && restartAfter != null) {
        var unused = kafka.simulation().after(restartAfter.toNanos(), null, () -> restart(name));
      }
      return obstacle;
    } else if (action instanceof Action.StopClient stop) {
      return stop(name, stop.restartAfter());
    } else if (action instanceof Action.RestartClient) {
      kafka.crash(name);
      restart(name);
      return DONE;
    } else if (action instanceof Action.StartTwin twin) {
      return twins.start(name, twin.lasting());
    } else if (action instanceof Action.FenceMember) {
      return act(Faults.fenceMember(group.id(), name));
    } else if (action instanceof Action.WakeUp) {
      return act(Faults.wakeUp(name));
    } else if (action instanceof Action.SkewClock skew) {
      return act(Faults.skewClock(name, skew(skew.skew())));
    } else if (action instanceof Action.ChangeLimits limits) {
      return lives.changeLimits(name, limits);
    } else if (action instanceof Action.PartitionNetwork cut) {
      return cutOff(name, cut.broker(), cut.lasting());
    }
    throw new AssertionError("unknown action on a client " + action);
  }

  private String stop(String name, @Nullable Duration restartAfter) {
    String obstacle = lives.stop(name);
    if (obstacle.equals(DONE) && restartAfter != null) {
      Member stopped = kafka.process(name).process().member();
      var unused =
          kafka.simulation().after(restartAfter.toNanos(), null, () -> restartOnceOver(stopped));
    }
    return obstacle;
  }

  /** As a supervisor does it: there are two of a name only as twins. */
  private void restartOnceOver(Member stopped) {
    String name = stopped.name();
    if (lives.hasLeft(name)) {
      kafka.crash(name);
    }
    if (!isAlive(name)) {
      restart(name);
    } else if (kafka.process(name).process().member().equals(stopped)) {
      var unused = kafka.simulation().after(LOOK.toNanos(), null, () -> restartOnceOver(stopped));
    }
  }

  private ClockSkew skew(Skew skew) {
    Duration now = Duration.ofNanos(kafka.simulation().nanoTime());
    if (skew instanceof Skew.Jump jump) {
      return ClockSkew.constant(jump.offset());
    } else if (skew instanceof Skew.Drift drift) {
      return ClockSkew.linear(now, drift.perSecond());
    } else if (skew instanceof Skew.Swing swing) {
      return ClockSkew.periodic(now, swing.by(), swing.period());
    }
    throw new AssertionError("unknown skew " + skew);
  }

  private String cutOff(String name, BrokerTarget target, Duration lasting) {
    List<Integer> candidates = brokers.those(target);
    int broker = candidates.get((int) targets.below(candidates.size()));
    return act(Faults.partitionNetwork(name, broker, lasting));
  }

  private String act(TimedAction action) {
    return action.act().apply(kafka);
  }

  private boolean isAlive(String name) {
    return !kafka.process(name).process().crashed();
  }

  private void restart(String name) {
    // Somebody else may have started it meanwhile.
    if (!isAlive(name)) {
      kafka.restart(name);
      startMember.accept(name);
    }
  }

  private @Nullable String victim(Target target, Predicate<String> possible) {
    List<String> candidates = new ArrayList<>();
    for (String name : members) {
      if (target.matches(name) && possible.test(name)) {
        candidates.add(name);
      }
    }
    return candidates.isEmpty() ? null : candidates.get((int) targets.below(candidates.size()));
  }
}
