package io.heddle.scenarios.run;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.history.Fact;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Static members that have two processes for a while. What comes of that is for Kafka to say, and
 * in the end one of them is left, so that the run can finish.
 */
final class Twins {
  private static final Duration LOOK = Duration.ofMillis(10);

  private final SimulatedKafka kafka;
  private final Lives lives;
  private final Consumer<String> startMember;

  /** {@code startMember} starts the application of a member whose process has begun a new life. */
  Twins(SimulatedKafka kafka, Lives lives, Consumer<String> startMember) {
    this.kafka = kafka;
    this.lives = lives;
    this.startMember = startMember;
  }

  /** Starts a process beside the one that there is; returns why it cannot, or nothing. */
  String start(String name, Duration lasting) {
    List<SimulatedProcess> living = kafka.living(name);
    if (living.isEmpty() || !lives.hasBegun(living.get(0))) {
      return name + " was not there";
    }
    if (living.size() > 1) {
      return name + " had a twin";
    }
    SimulatedProcess elder = living.get(0);
    SimulatedProcess twin = kafka.twin(name);
    lives.areTwins(elder, twin);
    startMember.accept(name);
    var unused = kafka.simulation().after(lasting.toNanos(), null, () -> end(name, elder, twin));
    return FaultActions.DONE;
  }

  /**
   * A member that lives was fenced, perhaps by a request that a former life of it had sent before
   * it died. Then nobody has its place, and it is started again, as a supervisor does.
   */
  void replaced(Fact.Replaced fact) {
    if (fact.member().equals(fact.successor())) {
      return;
    }
    lives.fenced(fact.member());
    List<SimulatedProcess> living = kafka.living(fact.member().name());
    if (living.size() == 1 && living.get(0).process().member().equals(fact.member())) {
      SimulatedProcess fenced = living.get(0);
      var unused = kafka.simulation().after(LOOK.toNanos(), null, () -> restartOnceOver(fenced));
    }
  }

  private void restartOnceOver(SimulatedProcess fenced) {
    String name = fenced.process().member().name();
    if (fenced.process().crashed() || lives.hasLeft(name)) {
      return;
    }
    if (!lives.isOver(fenced)) {
      var unused = kafka.simulation().after(LOOK.toNanos(), null, () -> restartOnceOver(fenced));
    } else if (kafka.living(name).size() == 1) {
      end(fenced);
      kafka.restart(name);
      startMember.accept(name);
    }
  }

  /** Somebody sees that there are two: the younger is the one that is wanted, if it is there. */
  private void end(String name, SimulatedProcess elder, SimulatedProcess twin) {
    if (elder.process().crashed() || twin.process().crashed() || lives.hasLeft(name)) {
      return;
    }
    if (!lives.isOver(twin)) {
      var unused = lives.stop(elder);
      endOnceOver(elder);
    } else if (!lives.isOver(elder)) {
      end(twin);
    } else {
      end(elder);
      end(twin);
      kafka.restart(name);
      startMember.accept(name);
    }
  }

  private void endOnceOver(SimulatedProcess elder) {
    if (lives.isOver(elder)) {
      end(elder);
    } else if (!elder.process().crashed()) {
      var unused = kafka.simulation().after(LOOK.toNanos(), null, () -> endOnceOver(elder));
    }
  }

  private void end(SimulatedProcess life) {
    lives.ends(life);
    kafka.crash(life);
  }
}
