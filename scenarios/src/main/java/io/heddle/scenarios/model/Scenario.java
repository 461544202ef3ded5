package io.heddle.scenarios.model;

import io.heddle.simulator.core.Schedule;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * One run, or the same run under many seeds: what Kafka is like, what is produced, who consumes it
 * and how, what goes wrong, and what has to hold. Every default is filled in.
 */
public record Scenario(
    About about,
    Chance chance,
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
    Expect expect,
    Swarm swarm) {
  private static final String MAX_POLL_INTERVAL_MS = "300000";

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
      FaultRules.check("faults[" + i + "]", faults.get(i), group, engine, kafka, topics, heal);
    }
    FaultRules.checkBarriers(faults);
    checkProtocol(kafka, group);
    EngineTopics.checkReplicas(kafka, topics, engine);
    EngineTopics.check(engine, topics, expect);
    checkUndecodable(handler, engine);
    checkTypes(produce, engine);
    checkPoll(group, engine);
    MemberProducer.check(group, engine);
    checkOutcome(expect, faults);
    if (!swarm.equals(Swarm.NONE)) {
      swarm.check(
          new Scenario(
              about,
              chance,
              kafka,
              network,
              limits,
              topics,
              produce,
              group,
              engine,
              handler,
              faults,
              heal,
              expect,
              Swarm.NONE));
    }
  }

  private static void checkProtocol(Cluster kafka, Group group) {
    if (kafka.protocol() == Cluster.Protocol.CONSUMER) {
      Objects.requireNonNull(ConsumerProtocol.of(group));
    } else {
      ClassicProtocol.check(group);
      String assignor = ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG;
      Require.that(
          !group.config().containsKey(assignor),
          "group.config." + assignor + " needs kafka.protocol consumer, was classic");
      group
          .memberConfig()
          .forEach(
              (member, settings) ->
                  Require.that(
                      !settings.containsKey(assignor),
                      "group.member-config."
                          + member
                          + "."
                          + assignor
                          + " needs kafka.protocol consumer, was classic"));
    }
  }

  /** A scenario with one topic and one workload, and defaults for everything else. */
  public static Scenario of(String name, Topic topic, Workload workload) {
    return new Scenario(
        About.named(name),
        Chance.DEFAULT,
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
        Expect.DEFAULT,
        Swarm.NONE);
  }

  /** The scenario's name. */
  public String name() {
    return about.name();
  }

  /** The same scenario with another name and origin. */
  public Scenario withAbout(About about) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The seeds of a campaign; the first is that of a single run. */
  public SeedRange seeds() {
    return chance.seeds();
  }

  /** In which order happens what is due at the same time. */
  public Schedule schedule() {
    return chance.schedule();
  }

  /** The same scenario with other seeds. */
  public Scenario withSeeds(SeedRange seeds) {
    return withChance(new Chance(seeds, schedule()));
  }

  /** The same scenario by another schedule. */
  public Scenario withSchedule(Schedule schedule) {
    return withChance(new Chance(seeds(), schedule));
  }

  /** The same scenario, each seed of which has this schedule. */
  public Scenario by(Schedule schedule) {
    return withSwarm(swarm.withoutSchedule()).withSchedule(schedule);
  }

  private Scenario withChance(Chance chance) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with another cluster. */
  public Scenario withKafka(Cluster kafka) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario on another cluster, with faults that fit its group protocol. */
  public Scenario onKafka(Cluster kafka) {
    return new Scenario(
        about,
        chance,
        kafka,
        network,
        limits,
        topics,
        produce,
        group,
        engine,
        handler,
        ProtocolFaults.fitting(kafka.protocol(), faults),
        heal,
        expect,
        swarm);
  }

  /** The same scenario with other latencies. */
  public Scenario withNetwork(Network network) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with other limits. */
  public Scenario withLimits(Limits limits) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with other topics. */
  public Scenario withTopics(List<Topic> topics) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with other workloads. */
  public Scenario withProduce(List<Workload> produce) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with another group. */
  public Scenario withGroup(Group group) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with another group, with faults that it can have. */
  public Scenario onGroup(Group group) {
    return new Scenario(
        about,
        chance,
        kafka,
        network,
        limits,
        topics,
        produce,
        group,
        engine,
        handler,
        TwinFaults.fitting(group, faults),
        heal,
        expect,
        swarm);
  }

  /** The same scenario with another application. */
  public Scenario withEngine(Engine engine) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with other work on each record. */
  public Scenario withHandler(Handler handler) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with other faults. */
  public Scenario withFaults(List<Fault> faults) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with another time to heal. */
  public Scenario withHeal(Heal heal) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with other expectations. */
  public Scenario withExpect(Expect expect) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
  }

  /** The same scenario with something else drawn for each seed. */
  public Scenario withSwarm(Swarm swarm) {
    return new Scenario(
        about, chance, kafka, network, limits, topics, produce, group, engine, handler, faults,
        heal, expect, swarm);
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

  /** Else nothing ever gets past such a record. */
  private static void checkUndecodable(Handler handler, Engine engine) {
    Optional<OnFailure.Then> then = engine.work().undecodable().map(OnFailure::then);
    Require.that(
        handler.undecodable() == 0 || then.filter(OnFailure.Then::leavesOut).isPresent(),
        "handler.undecodable needs engine.on-undecodable or engine.on-failure with then skip or"
            + " dead-letter, was "
            + then.map(each -> "with " + each.label()).orElse("without"));
  }

  /** As above, of a record without a handler. */
  private static void checkTypes(List<Workload> produce, Engine engine) {
    Work work = engine.work();
    work.types().ifPresent(types -> types.check(produce));
    boolean leavesOut =
        work.onFailure().map(OnFailure::then).filter(OnFailure.Then::leavesOut).isPresent();
    Require.that(
        leavesOut || work.types().filter(types -> !types.handleAll(produce)).isEmpty(),
        "engine.types needs engine.on-failure with then skip or dead-letter, since there are"
            + " records without a handler");
  }

  private static void checkPoll(Group group, Engine engine) {
    String longest = ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
    for (String member : group.memberNames()) {
      String millis = group.configOf(member).getOrDefault(longest, MAX_POLL_INTERVAL_MS);
      Require.that(
          engine.poll().compareTo(Duration.ofMillis(Long.parseLong(millis))) < 0,
          "engine.poll.timeout must be less than max.poll.interval.ms of "
              + member
              + " ("
              + millis
              + "), was "
              + Units.format(engine.poll()));
    }
  }

  private static void checkOutcome(Expect expect, List<Fault> faults) {
    TreeSet<String> possible = new TreeSet<>(expect.invariants());
    possible.add(Expect.PASSED);
    possible.addAll(Expect.PROMISES);
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
