package io.heddle.scenarios.file;

import io.heddle.scenarios.model.About;
import io.heddle.scenarios.model.Chance;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Heal;
import io.heddle.scenarios.model.Limits;
import io.heddle.scenarios.model.Network;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.model.Swarm;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import io.heddle.simulator.broker.TopicConfig;
import io.heddle.simulator.core.Schedule;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the whole of a scenario, and the parts that say what Kafka is like. */
final class ScenarioSection {
  private ScenarioSection() {}

  static Scenario read(Node root, Replays replays) {
    Fields fields = Fields.of(root, Tables.SCENARIO);
    About about = about(fields);
    SeedRange seeds = seeds(fields);
    Schedule schedule = fields.get("schedule", ScheduleSection::read, Schedule.UNIFORM);
    Chance chance = new Chance(seeds, schedule);
    Cluster kafka = fields.get("kafka", ScenarioSection::cluster, Cluster.DEFAULT);
    Network network = fields.get("network", ScenarioSection::network, Network.DEFAULT);
    Limits limits = fields.get("limits", ScenarioSection::limits, Limits.DEFAULT);
    List<Topic> topics = topics(fields.need("topics"));
    List<Workload> produce = WorkloadSection.readAll(fields.need("produce"), replays);
    Group group = fields.get("group", GroupSection::group, Group.DEFAULT);
    Engine engine = fields.get("engine", GroupSection::engine, Engine.DEFAULT);
    Handler handler = fields.get("handler", GroupSection::handler, Handler.DEFAULT);
    Heal heal = fields.get("heal", ScenarioSection::heal, Heal.DEFAULT);
    List<Fault> faults =
        fields.get("faults", node -> FaultSection.readAll(node, heal), List.<Fault>of());
    Expect usual = Expect.usual(engine);
    Expect expect =
        fields.get("expect", node -> ExpectSection.read(node, usual.invariants()), usual);
    Swarm swarm = fields.get("swarm", node -> SwarmSection.read(node, replays), Swarm.NONE);
    Scenario scenario =
        Values.make(
            root,
            () ->
                new Scenario(
                    about, chance, kafka, network, limits, topics, produce, group, engine, handler,
                    faults, heal, expect, swarm));
    new UnusedTogether(fields, scenario).check();
    return scenario;
  }

  private static About about(Fields fields) {
    String name = Values.scalar(fields.need("scenario"));
    String title = fields.get("title", Values::scalar, name);
    String description = fields.get("description", Values::scalar, "");
    List<String> tags =
        fields.get("tags", node -> Values.list(node, Values::scalar), List.<String>of());
    String source = fields.get("source", Values::scalar, "");
    return Values.make(fields.node(), () -> new About(name, title, description, tags, source));
  }

  private static SeedRange seeds(Fields fields) {
    return fields
        .atMostOne(List.of("seed", "seeds"))
        .map(entry -> entry.key().equals("seed") ? seed(entry.value()) : seedRange(entry.value()))
        .orElse(SeedRange.DEFAULT);
  }

  private static SeedRange seed(Node node) {
    long seed = Quantities.whole(node);
    if (seed < 0 || seed == Long.MAX_VALUE) {
      throw node.fail("must be from 0 to " + (Long.MAX_VALUE - 1) + ", was " + seed);
    }
    return SeedRange.of(seed);
  }

  private static SeedRange seedRange(Node node) {
    Fields fields = Fields.of(node, Tables.SEEDS);
    long from = fields.get("from", Quantities::whole, SeedRange.DEFAULT.from());
    long count = Quantities.whole(fields.need("count"));
    return Values.make(node, () -> new SeedRange(from, count));
  }

  static Cluster cluster(Node node) {
    Fields fields = Fields.of(node, Tables.KAFKA);
    Cluster.Protocol protocol =
        fields.get(
            "protocol",
            name -> Values.oneOf(name, List.of(Cluster.Protocol.values()), Cluster.Protocol::label),
            Cluster.DEFAULT.protocol());
    int brokers = fields.get("brokers", Quantities::count, Cluster.DEFAULT.brokers());
    var delay =
        fields.get(
            "initial-rebalance-delay",
            Quantities::duration,
            Cluster.DEFAULT.initialRebalanceDelay());
    return Values.make(node, () -> new Cluster(protocol, brokers, delay));
  }

  static Network network(Node node) {
    Fields fields = Fields.of(node, Tables.NETWORK);
    return new Network(
        fields.get("request", Distributions::nanos, Network.DEFAULT.request()),
        fields.get("response", Distributions::nanos, Network.DEFAULT.response()));
  }

  private static Limits limits(Node node) {
    Fields fields = Fields.of(node, Tables.LIMITS);
    var virtual = fields.get("virtual", Quantities::duration, Limits.DEFAULT.virtual());
    var wall = fields.get("wall", Quantities::duration, Limits.DEFAULT.wall());
    long events = fields.get("events", Quantities::whole, Limits.DEFAULT.events());
    return Values.make(node, () -> new Limits(virtual, wall, events));
  }

  private static List<Topic> topics(Node node) {
    return Values.mapping(node).entries().stream().map(ScenarioSection::topic).toList();
  }

  private static Topic topic(Node.Entry entry) {
    Fields fields = Fields.of(entry.value(), Tables.TOPIC);
    int partitions = Quantities.count(fields.need("partitions"));
    OptionalInt replication = Quantities.optionalCount(fields, "replication");
    SortedMap<String, String> config =
        fields.get("config", ScenarioSection::topicConfig, new TreeMap<>());
    return Values.make(
        entry.value(), () -> new Topic(entry.key(), partitions, replication, config));
  }

  /** Settings of a topic, one that is consumed or a change log. */
  static SortedMap<String, String> topicConfig(Node node) {
    return GroupSection.settings(node, TopicConfig.names(), "topic");
  }

  private static Heal heal(Node node) {
    Fields fields = Fields.of(node, Tables.HEAL);
    fields.find("then").ifPresent(then -> Values.oneOf(then, List.of("drain"), List.of()));
    var at = fields.get("at", Quantities::duration, Heal.DEFAULT.at());
    var within = fields.get("within", Quantities::duration, Heal.DEFAULT.within());
    return Values.make(node, () -> new Heal(at, within));
  }
}
