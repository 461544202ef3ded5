package io.heddle.scenarios.file;

import static io.heddle.scenarios.file.Distributions.Unit.NANOS;

import io.heddle.scenarios.model.About;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Commits;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Network;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.model.Swarm;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Threshold.Metric;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Units;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a scenario as YAML with every default filled in. It reads back as an equal scenario, but
 * for what has no effect in it: that is left out, as the reader would refuse it.
 */
public final class ScenarioWriter {
  private final StringBuilder out = new StringBuilder();
  private final Scenario scenario;

  private ScenarioWriter(Scenario scenario) {
    this.scenario = scenario;
  }

  /** The YAML of a scenario; lines end with a line feed, the last one too. */
  public static String write(Scenario scenario) {
    return new ScenarioWriter(scenario).scenario();
  }

  private String scenario() {
    about(scenario.about());
    SeedRange seeds = scenario.seeds();
    if (seeds.count() == 1) {
      line(0, "seed", seeds.from());
    } else {
      line(0, "seeds", new Yaml.Flow().put("from", seeds.from()).put("count", seeds.count()));
    }
    line(0, "schedule", ScheduleSection.write(scenario.schedule()));
    cluster();
    line(0, "topics", "");
    for (Topic topic : scenario.topics()) {
      line(1, Yaml.text(topic.name()), topic(topic));
    }
    line(0, "produce", "");
    scenario.produce().forEach(workload -> item(1, WorkloadWriter.write(workload)));
    group(scenario.group());
    engine(scenario.engine());
    handler(scenario.handler());
    line(0, "faults", scenario.faults().isEmpty() ? "[]" : "");
    scenario.faults().forEach(fault -> item(1, FaultWriter.write(fault)));
    line(
        0,
        "heal",
        new Yaml.Flow()
            .put("at", Units.format(scenario.heal().at()))
            .put("within", Units.format(scenario.heal().within())));
    expect(scenario.expect());
    swarm(scenario.swarm());
    return out.toString();
  }

  private void about(About about) {
    line(0, "scenario", Yaml.text(about.name()));
    line(0, "version", 1);
    line(0, "title", Yaml.text(about.title()));
    line(0, "description", Yaml.paragraph(about.description()));
    line(0, "tags", Yaml.list(about.tags()));
    line(0, "source", Yaml.text(about.source()));
  }

  private void cluster() {
    line(0, "kafka", kafka(scenario.kafka()));
    line(0, "network", network(scenario.network()));
    line(
        0,
        "limits",
        new Yaml.Flow()
            .put("virtual", Units.format(scenario.limits().virtual()))
            .put("wall", Units.format(scenario.limits().wall()))
            .put("events", scenario.limits().events()));
  }

  private static Yaml.Flow kafka(Cluster kafka) {
    return new Yaml.Flow()
        .put("protocol", kafka.protocol().label())
        .put("brokers", kafka.brokers())
        .put("initial-rebalance-delay", Units.format(kafka.initialRebalanceDelay()));
  }

  private static Yaml.Flow network(Network network) {
    return new Yaml.Flow()
        .put("request", Distributions.write(network.request(), NANOS))
        .put("response", Distributions.write(network.response(), NANOS));
  }

  private static Yaml.Flow topic(Topic topic) {
    Yaml.Flow flow = new Yaml.Flow().put("partitions", topic.partitions());
    topic.replication().ifPresent(count -> flow.put("replication", count));
    if (!topic.config().isEmpty()) {
      flow.put("config", Yaml.settings(topic.config()));
    }
    return flow;
  }

  private void group(Group group) {
    line(0, "group", "");
    line(1, "id", Yaml.text(group.id()));
    line(1, "members", group.members());
    line(1, "stagger", Units.format(group.stagger()));
    line(1, "config", group.config().isEmpty() ? "{}" : "");
    group.config().forEach((name, value) -> line(2, name, Yaml.text(value)));
    line(1, "member-config", group.memberConfig().isEmpty() ? "{}" : "");
    group
        .memberConfig()
        .forEach((member, config) -> line(2, Yaml.text(member), Yaml.settings(config)));
    line(1, "static", group.isStatic());
  }

  private void engine(Engine engine) {
    line(0, "engine", "");
    line(1, "mode", engine.mode().label());
    if (engine.mode().hasScheduler()) {
      line(1, "concurrency", engine.scheduler().concurrency());
      line(1, "queue-depth", engine.scheduler().queueDepth());
      line(1, "max-keys", engine.scheduler().maxKeys());
    }
    Yaml.Flow commits = commits(engine.commits(), engine.exactlyOnce().isPresent());
    if (!commits.isEmpty()) {
      line(1, "commit", commits);
    }
    line(
        1,
        "drain",
        new Yaml.Flow()
            .put("policy", engine.drain().policy().label())
            .put("timeout", Units.format(engine.drain().timeout())));
    line(1, "max-in-flight", engine.flow().records());
    line(1, "max-in-flight-bytes", Units.formatBytes(engine.flow().bytes()));
    line(1, "max-behind-gap", engine.flow().behindGap());
    if (!engine.poll().equals(Engine.POLL)) {
      line(1, "poll", new Yaml.Flow().put("timeout", Units.format(engine.poll())));
    }
    if (engine.mode().hasBatcher()) {
      line(1, "batcher", WorkSection.write(engine.work().batcher()));
    }
    if (engine.mode() == Engine.Mode.CHAINED) {
      line(1, "stages", engine.work().stages());
    }
    engine
        .work()
        .interjections()
        .ifPresent(each -> line(1, "interjections", WorkSection.write(each)));
    engine.work().types().ifPresent(each -> line(1, "types", WorkSection.write(each)));
    engine.work().onFailure().ifPresent(each -> line(1, "on-failure", WorkSection.write(each)));
    engine
        .work()
        .onUndecodable()
        .ifPresent(each -> line(1, "on-undecodable", WorkSection.write(each)));
    line(1, "patience", WorkSection.write(engine, UnusedTogether.hasInstances(scenario)));
    engine.work().outputs().ifPresent(each -> line(1, "outputs", WorkSection.write(each)));
    engine
        .store()
        .ifPresent(
            store -> line(1, "store", StoreSection.write(store, engine.exactlyOnce().isPresent())));
    if (!engine.producerConfig().isEmpty()) {
      line(1, "producer-config", Yaml.settings(engine.producerConfig()));
    }
    engine
        .exactlyOnce()
        .ifPresent(
            exactlyOnce ->
                line(
                    1,
                    "exactly-once",
                    new Yaml.Flow()
                        .put("output", Yaml.text(exactlyOnce.output()))
                        .put("partitions", exactlyOnce.partitions())
                        .put("batch-delay", Units.format(exactlyOnce.batchDelay()))
                        .put("target-size", exactlyOnce.targetSize())
                        .put("max-size", exactlyOnce.maxSize())
                        .put("timeout", Units.format(exactlyOnce.timeout()))));
  }

  private static Yaml.Flow commits(Commits commits, boolean inTransactions) {
    Yaml.Flow flow = new Yaml.Flow();
    if (!inTransactions) {
      flow.put("every", Units.format(commits.every()));
    }
    commits.timeout().ifPresent(time -> flow.put("timeout", Units.format(time)));
    if (inTransactions) {
      return flow;
    }
    commits.attempts().ifPresent(most -> flow.put("attempts", most));
    if (commits.attempts().orElse(2) > 1) {
      flow.put("backoff", WorkSection.write(commits.backoff()));
    }
    return flow.put("metadata", Units.formatBytes(commits.metadataBytes()));
  }

  private void handler(Handler handler) {
    line(0, "handler", "");
    line(1, "service", Distributions.write(handler.service(), NANOS));
    line(1, "errors", Units.formatShare(handler.errors()));
    line(1, "undecodable", Units.formatShare(handler.undecodable()));
    List<Handler.SlowKey> slowKeys = UnusedTogether.slowKeys(handler, scenario);
    line(1, "slow", slowKeys.isEmpty() ? "[]" : "");
    for (Handler.SlowKey slow : slowKeys) {
      item(
          2,
          new Yaml.Flow()
              .put("key", Yaml.text(slow.key()))
              .put("service", Distributions.write(slow.service(), NANOS)));
    }
  }

  private void expect(Expect expect) {
    line(0, "expect", "");
    line(1, "outcome", Yaml.text(expect.outcome()));
    line(1, "invariants", Yaml.list(expect.invariants()));
    line(1, "thresholds", expect.thresholds().isEmpty() ? "[]" : "");
    expect.thresholds().forEach(threshold -> item(2, threshold(threshold)));
    line(1, "reached", expect.reached().isEmpty() ? "[]" : "");
    expect.reached().forEach(mark -> item(2, mark.name() + ">=" + mark.atLeast()));
  }

  private void swarm(Swarm swarm) {
    if (swarm.equals(Swarm.NONE)) {
      return;
    }
    line(0, "swarm", "");
    line(1, "faults", swarm.faults() && !scenario.faults().isEmpty());
    list(
        "schedule",
        swarm.schedule().stream().map(each -> ScheduleSection.write(each).toString()).toList());
    list("kafka", swarm.kafka().stream().map(each -> kafka(each).toString()).toList());
    list("network", swarm.network().stream().map(each -> network(each).toString()).toList());
    list(
        "produce",
        swarm.produce().stream()
            .map(each -> each.stream().map(WorkloadWriter::write).toList().toString())
            .toList());
    list("group", swarm.group().stream().map(each -> block(to -> to.group(each))).toList());
    list("engine", swarm.engine().stream().map(each -> block(to -> to.engine(each))).toList());
    list("handler", swarm.handler().stream().map(each -> block(to -> to.handler(each))).toList());
  }

  private void list(String name, List<String> items) {
    line(1, name, items.isEmpty() ? "[]" : "");
    items.forEach(each -> item(2, each));
  }

  /** What is written below its name, to stand as an item of a list. */
  private String block(Consumer<ScenarioWriter> section) {
    ScenarioWriter writer = new ScenarioWriter(scenario);
    section.accept(writer);
    String text = writer.out.toString();
    String fields = text.substring(text.indexOf('\n') + 1).stripTrailing();
    return fields.strip().replace("\n", "\n    ");
  }

  private static Yaml.Flow threshold(Threshold threshold) {
    Yaml.Flow flow = new Yaml.Flow().put("metric", threshold.metric().label());
    return threshold.metric() == Metric.MAX_LAG
        ? flow.put("value", "<" + threshold.limit())
        : flow.put(threshold.statistic().label(), "<" + Units.formatNanos(threshold.limit()));
  }

  private void line(int depth, String name, Object spelled) {
    String value = spelled.toString();
    out.append("  ".repeat(depth)).append(name).append(':');
    out.append(value.isEmpty() ? "" : " ").append(value).append('\n');
  }

  private void item(int depth, Object spelled) {
    out.append("  ".repeat(depth)).append("- ").append(spelled).append('\n');
  }
}
