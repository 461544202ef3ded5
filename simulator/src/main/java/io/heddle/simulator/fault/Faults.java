package io.heddle.simulator.fault;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.core.ClockSkew;
import io.heddle.simulator.network.Barrier;
import io.heddle.simulator.network.Latency;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** What a {@link FaultPlan} can let happen, to be imported statically. */
public final class Faults {
  private Faults() {}

  /** The broker applies the request, but its reply is lost. */
  public static Verdict applyThenDrop() {
    return new Verdict.ApplyThenDrop();
  }

  /** The request is lost. */
  public static Verdict dropRequest() {
    return new Verdict.DropRequest();
  }

  /** The request takes so much longer, and what is sent behind it too. */
  public static Verdict delay(Latency by) {
    return new Verdict.Delay(by);
  }

  /** The request takes so much longer, and what is sent behind it too. */
  public static Verdict delay(Duration by) {
    positive("delay", by);
    return delay(Latency.constant(by));
  }

  /** The broker refuses the request. */
  public static Verdict error(ErrorCode code) {
    if (code == ErrorCode.NONE) {
      throw new IllegalArgumentException("NONE is not an error");
    }
    return new Verdict.Fail(code);
  }

  /** The request waits before the broker until the barrier is released. */
  public static Verdict hold(Barrier barrier) {
    return new Verdict.Hold(barrier);
  }

  /**
   * The broker applies the request and tells the client to leave it alone for so long ({@code
   * throttle_time_ms}).
   */
  public static Verdict throttle(Duration by) {
    positive("throttle", by);
    return new Verdict.Throttle(Latency.constant(by));
  }

  /** The broker gets the request twice. */
  public static Verdict duplicate() {
    return new Verdict.Duplicate();
  }

  /** The broker applies the request, and the client sees the connection break at once. */
  public static Verdict disconnect() {
    return new Verdict.Disconnect();
  }

  /** Holds a process for that long, as a long garbage collection would. */
  public static TimedAction pauseClient(String process, Duration lasting) {
    positive("pause", lasting);
    return alive("pause-client", process, kafka -> kafka.pause(process, lasting));
  }

  /** Ends a process, without a goodbye to anybody. */
  public static TimedAction crashClient(String process) {
    return alive("crash-client", process, kafka -> kafka.crash(process));
  }

  /**
   * Starts the next life of a process, after a crash if it is still alive.
   *
   * @param application started in a thread of the new process
   */
  public static TimedAction restartClient(String process, Consumer<SimulatedProcess> application) {
    return named(
        "restart-client",
        process,
        kafka -> {
          kafka.crash(process);
          SimulatedProcess begun = kafka.restart(process);
          var unused = begun.start("main", () -> application.accept(begun));
          return TimedAction.DONE;
        });
  }

  /**
   * Starts another life of a process beside the one that lives, as a deployment does that forgets
   * to stop the old one; that is ended when both have been there for so long. If their consumers
   * have the same {@code group.instance.id}, the younger one fences the older (KIP-345) or, by the
   * consumer protocol, is refused as long as the older is there (KIP-848).
   *
   * @param application started in a thread of the new process
   */
  public static TimedAction startTwin(
      String process, Duration lasting, Consumer<SimulatedProcess> application) {
    positive("twin", lasting);
    return named(
        "start-twin",
        process,
        kafka -> {
          List<SimulatedProcess> living = kafka.living(process);
          if (living.size() != 1) {
            return process + (living.isEmpty() ? " had crashed" : " had a twin");
          }
          SimulatedProcess twin = kafka.twin(process);
          var unusedEnd =
              kafka.simulation().after(lasting.toNanos(), null, () -> kafka.crash(living.get(0)));
          var unused = twin.start("main", () -> application.accept(twin));
          return TimedAction.DONE;
        });
  }

  /** Makes a group rebalance. */
  public static TimedAction rebalance(String group) {
    return new TimedAction(
        "rebalance " + group,
        kafka ->
            done(
                kafka.forceRebalance(group),
                "group " + group + " had no members or was rebalancing"));
  }

  /** Throws a process out of a group, as if its session had timed out. */
  public static TimedAction fenceMember(String group, String process) {
    return named(
        "fence-member " + group,
        process,
        kafka ->
            done(
                lives(kafka, process).stream()
                    .anyMatch(life -> kafka.cluster().expireMember(group, life.process().member())),
                process + " was no member of group " + group));
  }

  /** Makes a broker the leader of a partition, in a new epoch. */
  public static TimedAction moveLeader(TopicPartition partition, int broker) {
    return new TimedAction(
        "move-leader " + partition,
        kafka -> {
          boolean exists =
              kafka.cluster().topics().contains(partition.topic())
                  && partition.partition() < kafka.cluster().partitionsOf(partition.topic());
          if (!exists) {
            return "there was no partition " + partition;
          }
          if (kafka.cluster().leaderOf(partition) == broker) {
            return "broker " + broker + " was its leader already";
          }
          if (!kafka.cluster().operations().isUp(broker)) {
            return "broker " + broker + " was not there";
          }
          kafka.cluster().moveLeader(partition, broker);
          return TimedAction.DONE;
        });
  }

  /** Cuts a process off from a broker for that long: what either sends is lost. */
  public static TimedAction partitionNetwork(String process, int broker, Duration lasting) {
    positive("partition", lasting);
    return named(
        "partition-network",
        process,
        kafka -> {
          boolean exists = kafka.cluster().brokers().stream().anyMatch(node -> node.id() == broker);
          if (exists) {
            kafka.isolate(process, broker, lasting);
          }
          return done(exists, "there was no broker " + broker);
        });
  }

  /** Lets a process and a broker reach each other again. */
  public static TimedAction healNetwork(String process, int broker) {
    return named(
        "heal-network",
        process,
        kafka -> done(kafka.rejoin(process, broker), "they reached each other"));
  }

  /** Lets go what a barrier holds. */
  public static TimedAction release(Barrier barrier) {
    return new TimedAction(
        "release",
        kafka -> {
          if (barrier.held() == 0) {
            return "nothing was held";
          }
          barrier.open();
          return TimedAction.DONE;
        });
  }

  /**
   * Wakes up a process's consumers that have a group, in whatever call they are, or else in the
   * next one that waits.
   */
  public static TimedAction wakeUp(String process) {
    return named(
        "wake-up",
        process,
        kafka ->
            kafka.process(process).process().crashed()
                ? process + " had crashed"
                : done(kafka.wakeUp(process), process + " had no open consumer with a group"));
  }

  /** Sets a process's wall clock forward, or back where the offset is negative. */
  public static TimedAction skewClock(String process, Duration offset) {
    return skewClock(process, ClockSkew.constant(offset));
  }

  /** Puts a process's wall clock out. */
  public static TimedAction skewClock(String process, ClockSkew skew) {
    return named(
        "skew-clock",
        process,
        kafka -> {
          kafka.skewClock(process, skew);
          return TimedAction.DONE;
        });
  }

  /** Those that live, or the last one: a member whose process has crashed is one for a while. */
  private static List<SimulatedProcess> lives(SimulatedKafka kafka, String process) {
    List<SimulatedProcess> living = kafka.living(process);
    return living.isEmpty() ? List.of(kafka.process(process)) : living;
  }

  static String label(Verdict verdict) {
    if (verdict instanceof Verdict.Fail fail) {
      return "error " + fail.error();
    } else if (verdict instanceof Verdict.ApplyThenDrop) {
      return "apply-then-drop";
    } else if (verdict instanceof Verdict.DropRequest) {
      return "drop-request";
    }
    return verdict.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  private static TimedAction alive(String label, String process, Consumer<SimulatedKafka> action) {
    return named(
        label,
        process,
        kafka -> {
          boolean alive = !kafka.process(process).process().crashed();
          if (alive) {
            action.accept(kafka);
          }
          return done(alive, process + " had crashed");
        });
  }

  /** A plan names processes, and a name that is wrong must not bring one to life. */
  private static TimedAction named(
      String label, String process, Function<SimulatedKafka, String> action) {
    return new TimedAction(
        label + " " + process,
        kafka ->
            kafka.processes().contains(process)
                ? action.apply(kafka)
                : "there was no process " + process);
  }

  private static String done(boolean done, String otherwise) {
    return done ? TimedAction.DONE : otherwise;
  }

  private static void positive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " must be positive, was " + value);
    }
  }
}
