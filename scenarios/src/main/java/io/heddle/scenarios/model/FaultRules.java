package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a fault must be like to fit into its scenario. */
final class FaultRules {
  private FaultRules() {}

  static void check(
      String at,
      Fault fault,
      Group group,
      Engine engine,
      Cluster kafka,
      List<Topic> topics,
      Heal heal) {
    Target target = fault.target();
    boolean all = target.isAll() && isForAll(fault);
    Require.that(
        target.isAny() || all || group.memberNames().contains(target.member()),
        at
            + ".member must be any or among "
            + String.join(", ", group.memberNames())
            + ", was "
            + target.member());
    Require.that(
        engine.mode().hasScheduler() || !(fault.action() instanceof Action.ChangeLimits),
        at
            + ".do needs an engine.mode with a scheduler, whose limits change: scheduler,"
            + " scheduler-async or chained; was change-limits with "
            + engine.mode().label());
    checkTime(at, fault.trigger(), heal);
    ProtocolFaults.check(at, fault, kafka.protocol());
    TwinFaults.check(at, fault, group);
    Action action = fault.action();
    if (action instanceof BrokerAction.OnBroker broker) {
      checkBroker(at, broker.broker(), kafka);
    } else if (action instanceof Action.PartitionNetwork cut) {
      checkBroker(at, cut.broker(), kafka);
    }
    boolean needsAnother =
        action instanceof BrokerAction.MoveLeader || action instanceof BrokerAction.MoveCoordinator;
    Require.that(
        !needsAnother || kafka.brokers() > 1,
        at + ".do must have another broker to move to, was " + action.label() + " with one broker");
    if (action instanceof BrokerAction.OnPartition partition) {
      checkPartition(at, partition.at(), topics);
    } else if (action instanceof BrokerAction.OnTopic topic) {
      checkTopic(at, topic.topic(), topics);
    }
    if (action instanceof BrokerAction.AddPartitions more) {
      int now = partitions(more.topic(), topics);
      Require.that(
          more.to() > now,
          at + ".to must be more than the " + now + " partitions of the topic, was " + more.to());
    }
  }

  /** Others befall one member at a time, the one that was drawn or whose doing they follow. */
  private static boolean isForAll(Fault fault) {
    return fault.action() instanceof Action.ChangeLimits
        && fault.trigger() instanceof Trigger.Timed;
  }

  private static void checkTime(String at, Trigger trigger, Heal heal) {
    if (trigger instanceof Trigger.At once) {
      Require.that(
          once.at().compareTo(heal.at()) < 0, late(at + ".at must be before", once.at(), heal));
    } else if (trigger instanceof Trigger.Every every) {
      Require.that(
          every.until().compareTo(heal.at()) <= 0,
          late(at + ".until must not be after", every.until(), heal));
    } else {
      Duration to =
          trigger instanceof Trigger.OnRequest request
              ? request.between().to()
              : ((Trigger.When) trigger).between().to();
      Require.that(
          to.compareTo(heal.at()) <= 0, late(at + ".between must not end after", to, heal));
    }
  }

  private static void checkBroker(String at, BrokerTarget broker, Cluster kafka) {
    Require.that(
        broker.id() < kafka.brokers(),
        at + ".broker must be any or from 0 to " + (kafka.brokers() - 1) + ", was " + broker.id());
  }

  private static void checkPartition(String at, PartitionTarget target, List<Topic> topics) {
    if (!target.topic().equals(PartitionTarget.ANY_TOPIC)) {
      checkTopic(at, target.topic(), topics);
    }
    int most =
        topics.stream()
            .filter(topic -> target.matches(topic.name(), target.partition()))
            .mapToInt(Topic::partitions)
            .max()
            .orElse(0);
    Require.that(
        target.partition() < most,
        at + ".partition must be any or from 0 to " + (most - 1) + ", was " + target.partition());
  }

  private static void checkTopic(String at, String name, List<Topic> topics) {
    Require.that(
        topics.stream().anyMatch(topic -> topic.name().equals(name)),
        at + ".topic must be among topics, was " + name);
  }

  private static int partitions(String name, List<Topic> topics) {
    return topics.stream()
        .filter(topic -> topic.name().equals(name))
        .mapToInt(Topic::partitions)
        .max()
        .orElse(0);
  }

  /** What is released must be something at which requests are held. */
  static void checkBarriers(List<Fault> faults) {
    Set<String> held = new TreeSet<>();
    for (Fault fault : faults) {
      if (fault.action() instanceof Action.Hold hold) {
        held.add(hold.barrier());
      }
    }
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).action() instanceof Action.Release release) {
        Require.that(
            held.contains(release.barrier()),
            "faults["
                + i
                + "].barrier must be one at which a fault holds requests"
                + (held.isEmpty() ? "" : " (" + String.join(", ", held) + ")")
                + ", was "
                + release.barrier());
      }
    }
  }

  private static String late(String rule, Duration time, Heal heal) {
    return rule
        + " heal.at ("
        + Units.format(heal.at())
        + "), when faults end, was "
        + Units.format(time);
  }
}
