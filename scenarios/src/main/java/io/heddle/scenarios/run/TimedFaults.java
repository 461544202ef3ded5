package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Trigger;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.choice.Choices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Lets faults happen to members and to the group at their times, until they are to stop. */
final class TimedFaults {
  /** How long to wait before a rebalance is tried again which the group was not ready for. */
  private static final Duration RETRY = Duration.ofMillis(50);

  private final SimulatedKafka kafka;
  private final String group;
  private final List<String> members;
  private final Consumer<String> startMember;
  private final Choices.Stream times;
  private final Choices.Stream targets;
  private final Map<String, Long> fired = new LinkedHashMap<>();
  private boolean healed;

  /** {@code startMember} starts the application of a member whose process has begun a new life. */
  TimedFaults(
      SimulatedKafka kafka,
      Choices choices,
      String group,
      List<String> members,
      Consumer<String> startMember) {
    this.kafka = kafka;
    this.group = group;
    this.members = members;
    this.startMember = startMember;
    this.times = choices.stream("faults.times");
    this.targets = choices.stream("faults.targets");
  }

  /** Nothing new happens; what has been begun comes to its end, restarts among it. */
  void heal() {
    healed = true;
  }

  long fired(String name) {
    return fired.getOrDefault(name, 0L);
  }

  void arm(Fault fault) {
    fired.put(fault.name(), 0L);
    if (fault.trigger() instanceof Trigger.At once) {
      after(once.at(), () -> happen(fault));
    } else if (fault.trigger() instanceof Trigger.Every every) {
      repeat(fault, every);
    } else {
      throw new AssertionError("not a timed fault: " + fault);
    }
  }

  private void repeat(Fault fault, Trigger.Every every) {
    long jitter = every.jitter().toNanos();
    long off = jitter == 0 ? 0 : times.below(2 * jitter + 1) - jitter;
    Duration delay = every.period().plusNanos(off);
    Duration at = Duration.ofNanos(kafka.simulation().nanoTime()).plus(delay);
    if (at.compareTo(every.until()) < 0) {
      after(
          delay,
          () -> {
            happen(fault);
            repeat(fault, every);
          });
    }
  }

  private void after(Duration delay, Runnable action) {
    var unused = kafka.simulation().after(delay.toNanos(), null, action);
  }

  private void happen(Fault fault) {
    if (healed) {
      return;
    }
    Action action = fault.action();
    if (action instanceof Action.PauseClient pause) {
      victim(pause.member(), this::alive)
          .ifPresent(
              name -> {
                kafka.pause(name, pause.lasting());
                count(fault);
              });
    } else if (action instanceof Action.CrashClient crash) {
      victim(crash.member(), this::alive)
          .ifPresent(
              name -> {
                kafka.crash(name);
                count(fault);
                Duration restartAfter = crash.restartAfter();
                if (restartAfter != null) {
                  after(restartAfter, () -> restart(name));
                }
              });
    } else if (action instanceof Action.RestartClient restart) {
      victim(restart.member(), name -> true)
          .ifPresent(
              name -> {
                kafka.crash(name);
                restart(name);
                count(fault);
              });
    } else if (action instanceof Action.Rebalance) {
      if (kafka.forceRebalance(group)) {
        count(fault);
      } else {
        after(RETRY, () -> happen(fault));
      }
    } else {
      throw new AssertionError("unknown action at a time " + action);
    }
  }

  private void count(Fault fault) {
    fired.merge(fault.name(), 1L, Long::sum);
  }

  private boolean alive(String name) {
    return !kafka.process(name).process().crashed();
  }

  private void restart(String name) {
    // Somebody else may have started it meanwhile.
    if (!alive(name)) {
      kafka.restart(name);
      startMember.accept(name);
    }
  }

  private Optional<String> victim(Target target, Predicate<String> possible) {
    List<String> candidates = new ArrayList<>();
    for (String name : members) {
      if (target.matches(name) && possible.test(name)) {
        candidates.add(name);
      }
    }
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(candidates.get((int) targets.below(candidates.size())));
  }
}
