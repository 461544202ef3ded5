package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Backoff;
import io.heddle.scenarios.model.Commits;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Flow;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Reads who consumes, and how. */
final class GroupSection {
  /** The presets count four processors, so that a scenario means the same on every machine. */
  private static final Map<String, Engine.Scheduler> PRESETS = new LinkedHashMap<>();

  static {
    PRESETS.put("default", Engine.Scheduler.DEFAULT);
    PRESETS.put("compute", new Engine.Scheduler(4, 1_000, 10_000));
    PRESETS.put("fast-network", new Engine.Scheduler(16, 100, 10_000));
    PRESETS.put("slow-network", new Engine.Scheduler(64, 100, 10_000));
    PRESETS.put("wide-network", new Engine.Scheduler(128, 1_000, 10_000));
  }

  private static final List<String> SETTINGS =
      ConsumerConfig.configNames().stream().sorted().toList();

  private GroupSection() {}

  /** What the scheduler's presets are called. */
  static Set<String> presets() {
    return PRESETS.keySet();
  }

  static Group group(Node node) {
    Fields fields = Fields.of(node, Tables.GROUP);
    String id = fields.get("id", Values::scalar, Group.DEFAULT.id());
    int members = fields.get("members", Quantities::count, Group.DEFAULT.members());
    Duration stagger = fields.get("stagger", Quantities::duration, Group.DEFAULT.stagger());
    SortedMap<String, String> config =
        fields.get("config", GroupSection::config, Group.DEFAULT.config());
    SortedMap<String, SortedMap<String, String>> single =
        fields.get("member-config", GroupSection::memberConfig, new TreeMap<>());
    boolean isStatic = fields.get("static", Values::flag, false);
    return Values.make(node, () -> new Group(id, members, stagger, config, single, isStatic));
  }

  private static SortedMap<String, SortedMap<String, String>> memberConfig(Node node) {
    SortedMap<String, SortedMap<String, String>> single = new TreeMap<>();
    Values.mapping(node).entries().forEach(entry -> single.put(entry.key(), config(entry.value())));
    return single;
  }

  private static SortedMap<String, String> config(Node node) {
    return settings(node, SETTINGS, "consumer");
  }

  /** Settings by Kafka's names; {@code whose} says whose they are. */
  static SortedMap<String, String> settings(Node node, Collection<String> known, String whose) {
    SortedMap<String, String> config = new TreeMap<>();
    for (Node.Entry entry : Values.mapping(node).entries()) {
      if (!known.contains(entry.key())) {
        String hint =
            Nearest.to(entry.key(), known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("see the documentation of Kafka's " + whose);
        throw entry
            .keyPlace()
            .failAs(
                "unknown " + whose + " setting",
                ScenarioException.quoted(entry.key()) + "; " + hint);
      }
      config.put(entry.key(), Values.scalar(entry.value()));
    }
    return config;
  }

  static Engine engine(Node node) {
    Fields fields = Fields.of(node, EngineTables.ENGINE);
    Engine.Mode mode =
        fields.get(
            "mode",
            name -> Values.oneOf(name, List.of(Engine.Mode.values()), Engine.Mode::label),
            Engine.DEFAULT.mode());
    Engine.Scheduler preset =
        fields.get("scheduler", GroupSection::preset, Engine.DEFAULT.scheduler());
    int concurrency = fields.get("concurrency", Quantities::count, preset.concurrency());
    int queueDepth = fields.get("queue-depth", Quantities::count, preset.queueDepth());
    int maxKeys = fields.get("max-keys", Quantities::count, preset.maxKeys());
    Commits commits = fields.get("commit", GroupSection::commits, Engine.DEFAULT.commits());
    Engine.Drain drain = fields.get("drain", GroupSection::drain, Engine.DEFAULT.drain());
    Flow flow = flow(node, fields);
    Duration poll = fields.get("poll", GroupSection::poll, Engine.POLL);
    Optional<Engine.ExactlyOnce> exactlyOnce =
        fields.find("exactly-once").map(GroupSection::exactlyOnce);
    Optional<Store> store = fields.find("store").map(StoreSection::read);
    SortedMap<String, String> producer =
        fields.get("producer-config", WorkloadSection::config, Engine.DEFAULT.producerConfig());
    Engine engine =
        Values.make(
            node,
            () ->
                new Engine(
                    mode,
                    new Engine.Scheduler(concurrency, queueDepth, maxKeys),
                    commits,
                    drain,
                    flow,
                    poll,
                    exactlyOnce,
                    store,
                    producer,
                    WorkSection.read(fields)));
    Unused.check(fields, engine);
    return engine;
  }

  private static Flow flow(Node node, Fields engine) {
    Flow usual = Engine.DEFAULT.flow();
    int records = engine.get("max-in-flight", Quantities::count, usual.records());
    long bytes = engine.get("max-in-flight-bytes", Quantities::bytes, usual.bytes());
    int behindGap = engine.get("max-behind-gap", Quantities::count, usual.behindGap());
    return Values.make(node, () -> new Flow(records, bytes, behindGap));
  }

  private static Engine.ExactlyOnce exactlyOnce(Node node) {
    Fields fields = Fields.of(node, EngineTables.EXACTLY_ONCE);
    Engine.ExactlyOnce usual = Engine.ExactlyOnce.DEFAULT;
    String output = fields.get("output", Values::scalar, usual.output());
    int partitions = fields.get("partitions", Quantities::count, usual.partitions());
    Duration delay = fields.get("batch-delay", Quantities::duration, usual.batchDelay());
    int target = fields.get("target-size", Quantities::count, usual.targetSize());
    int max = fields.get("max-size", Quantities::count, usual.maxSize());
    Duration timeout = fields.get("timeout", Quantities::duration, usual.timeout());
    return Values.make(
        node, () -> new Engine.ExactlyOnce(output, partitions, delay, target, max, timeout));
  }

  private static Engine.Scheduler preset(Node node) {
    String name = Values.oneOf(node, PRESETS.keySet(), List.of());
    return PRESETS.getOrDefault(name, Engine.Scheduler.DEFAULT);
  }

  private static Duration poll(Node node) {
    Fields fields = Fields.of(node, EngineTables.POLL);
    return Quantities.duration(fields.need("timeout"));
  }

  private static Commits commits(Node node) {
    Fields fields = Fields.of(node, EngineTables.COMMIT);
    Commits usual = Commits.DEFAULT;
    Duration every = fields.get("every", Quantities::duration, usual.every());
    Optional<Duration> timeout = fields.find("timeout").map(Quantities::duration);
    OptionalInt attempts = Quantities.optionalCount(fields, "attempts");
    Backoff backoff = fields.get("backoff", WorkSection::backoff, Commits.DEFAULT.backoff());
    long metadata = fields.get("metadata", Quantities::bytes, (long) usual.metadataBytes());
    int bytes = (int) Math.min(metadata, Integer.MAX_VALUE);
    Commits commits =
        Values.make(node, () -> new Commits(every, timeout, attempts, backoff, bytes));
    Unused.check(fields, commits);
    return commits;
  }

  private static Engine.Drain drain(Node node) {
    Fields fields = Fields.of(node, EngineTables.DRAIN);
    List<Engine.Drain.Policy> policies = List.of(Engine.Drain.Policy.values());
    Engine.Drain.Policy policy =
        fields.get(
            "policy",
            name -> Values.oneOf(name, policies, Engine.Drain.Policy::label),
            Engine.Drain.DEFAULT.policy());
    Duration timeout = fields.get("timeout", Quantities::duration, Engine.Drain.DEFAULT.timeout());
    return Values.make(node, () -> new Engine.Drain(policy, timeout));
  }

  static Handler handler(Node node) {
    Fields fields = Fields.of(node, Tables.HANDLER);
    var service = fields.get("service", Distributions::nanos, Handler.DEFAULT.service());
    List<Handler.SlowKey> slow =
        fields.get("slow", GroupSection::slowKeys, List.<Handler.SlowKey>of());
    double errors = fields.get("errors", Quantities::share, Handler.DEFAULT.errors());
    double undecodable =
        fields.get("undecodable", Quantities::share, Handler.DEFAULT.undecodable());
    return Values.make(node, () -> new Handler(service, slow, errors, undecodable));
  }

  private static List<Handler.SlowKey> slowKeys(Node node) {
    return node instanceof Node.Mapping
        ? List.of(slowKey(node))
        : Values.list(node, GroupSection::slowKey);
  }

  private static Handler.SlowKey slowKey(Node node) {
    Fields fields = Fields.of(node, Tables.SLOW_KEY);
    String key = Values.scalar(fields.need("key"));
    var service = Distributions.nanos(fields.need("service"));
    return Values.make(node, () -> new Handler.SlowKey(key, service));
  }
}
