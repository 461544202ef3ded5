package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One run, or the same run under many seeds: what Kafka is like, what is produced, who consumes it
 * and how, what goes wrong, and what has to hold. Every default is filled in.
 */
public record Scenario(
    About about,
    SeedRange seeds,
    Cluster kafka,
    Network network,
    Limits limits,
    List<Topic> topics,
    List<Workload> produce,
    Group group,
    Engine engine,
    Handler handler,
    List<Fault> faults,
    Heal heal,
    Expect expect) {
  /** Copies the lists; refuses parts that do not fit together. */
  public Scenario {
    topics = List.copyOf(topics);
    produce = List.copyOf(produce);
    faults = List.copyOf(faults);
    Require.that(!topics.isEmpty(), "topics must have at least one topic, but is empty");
    Require.distinct("topics", topics.stream().map(Topic::name).toList());
    Require.that(!produce.isEmpty(), "produce must have at least one workload, but is empty");
    Require.that(
        heal.deadline().compareTo(limits.virtual()) <= 0,
        "limits.virtual must leave time until heal.at + heal.within ("
            + Units.format(heal.deadline())
            + "), was "
            + Units.format(limits.virtual()));
    for (int i = 0; i < produce.size(); i++) {
      checkWorkload("produce[" + i + "]", produce.get(i), topics, heal);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < faults.size(); i++) {
      Require.that(
          names.add(faults.get(i).name()),
          "faults[" + i + "].name must be unique, was " + faults.get(i).name() + " again");
      checkFault("faults[" + i + "]", faults.get(i), group, heal);
    }
    checkOutcome(expect, faults);
  }

  /** A scenario with one topic and one workload, and defaults for everything else. */
  public static Scenario of(String name, Topic topic, Workload workload) {
    return new Scenario(
        About.named(name),
        SeedRange.DEFAULT,
        Cluster.DEFAULT,
        Network.DEFAULT,
        Limits.DEFAULT,
        List.of(topic),
        List.of(workload),
        Group.DEFAULT,
        Engine.DEFAULT,
        Handler.DEFAULT,
        List.of(),
        Heal.DEFAULT,
        Expect.DEFAULT);
  }

  /** The scenario's name. */
  public String name() {
    return about.name();
  }

  /** The same scenario with another name and origin. */
  public Scenario withAbout(About about) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with other seeds. */
  public Scenario withSeeds(SeedRange seeds) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with another cluster. */
  public Scenario withKafka(Cluster kafka) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with other latencies. */
  public Scenario withNetwork(Network network) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with other limits. */
  public Scenario withLimits(Limits limits) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with other topics. */
  public Scenario withTopics(List<Topic> topics) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with other workloads. */
  public Scenario withProduce(List<Workload> produce) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with another group. */
  public Scenario withGroup(Group group) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with another application. */
  public Scenario withEngine(Engine engine) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with other work on each record. */
  public Scenario withHandler(Handler handler) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with other faults. */
  public Scenario withFaults(List<Fault> faults) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with another time to heal. */
  public Scenario withHeal(Heal heal) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  /** The same scenario with other expectations. */
  public Scenario withExpect(Expect expect) {
    return new Scenario(
        about, seeds, kafka, network, limits, topics, produce, group, engine, handler, faults, heal,
        expect);
  }

  private static void checkWorkload(String at, Workload workload, List<Topic> topics, Heal heal) {
    Require.that(
        topics.stream().anyMatch(topic -> topic.name().equals(workload.topic())),
        at + ".topic must be among topics, was " + workload.topic());
    Require.that(
        workload.lastDue().compareTo(heal.deadline()) <= 0,
        at
            + " must be over by heal.at + heal.within ("
            + Units.format(heal.deadline())
            + "), but its last record is due at "
            + Units.format(workload.lastDue()));
  }

  private static void checkFault(String at, Fault fault, Group group, Heal heal) {
    Target target = fault.target();
    Require.that(
        target.isAny() || group.memberNames().contains(target.member()),
        at
            + ".member must be any or among "
            + String.join(", ", group.memberNames())
            + ", was "
            + target.member());
    if (fault.trigger() instanceof Trigger.At once) {
      Require.that(
          once.at().compareTo(heal.at()) < 0, late(at + ".at must be before", once.at(), heal));
    } else if (fault.trigger() instanceof Trigger.Every every) {
      Require.that(
          every.until().compareTo(heal.at()) <= 0,
          late(at + ".until must not be after", every.until(), heal));
    } else if (fault.trigger() instanceof Trigger.OnRequest request) {
      Duration to = request.between().to();
      Require.that(
          to.compareTo(heal.at()) <= 0, late(at + ".between must not end after", to, heal));
    }
  }

  private static String late(String rule, Duration time, Heal heal) {
    return rule
        + " heal.at ("
        + Units.format(heal.at())
        + "), when faults end, was "
        + Units.format(time);
  }

  private static void checkOutcome(Expect expect, List<Fault> faults) {
    TreeSet<String> possible = new TreeSet<>(expect.invariants());
    possible.add(Expect.PASSED);
    expect.invariants().forEach(invariant -> possible.add("vacuous:" + invariant));
    expect.thresholds().forEach(threshold -> possible.add("threshold:" + threshold.name()));
    faults.forEach(fault -> possible.add("unfired:" + fault.name()));
    Require.that(
        possible.contains(expect.outcome()),
        "expect.outcome must be passed or something that the scenario asks for ("
            + String.join(", ", expect.invariants())
            + "), was "
            + expect.outcome());
  }
}
