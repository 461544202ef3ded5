package io.heddle.scenarios.file;

import static io.heddle.scenarios.file.Distributions.Unit.BYTES;
import static io.heddle.scenarios.file.Distributions.Unit.NANOS;

import io.heddle.scenarios.model.About;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Threshold.Metric;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Units;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;

/** Writes a scenario as YAML with every default filled in. It reads back as an equal scenario. */
public final class ScenarioWriter {
  private final StringBuilder out = new StringBuilder();

  private ScenarioWriter() {}

  /** The YAML of a scenario; lines end with a line feed, the last one too. */
  public static String write(Scenario scenario) {
    return new ScenarioWriter().scenario(scenario);
  }

  private String scenario(Scenario scenario) {
    about(scenario.about());
    SeedRange seeds = scenario.seeds();
    if (seeds.count() == 1) {
      line(0, "seed", seeds.from());
    } else {
      line(0, "seeds", new Yaml.Flow().put("from", seeds.from()).put("count", seeds.count()));
    }
    cluster(scenario);
    line(0, "topics", "");
    for (Topic topic : scenario.topics()) {
      line(1, Yaml.text(topic.name()), new Yaml.Flow().put("partitions", topic.partitions()));
    }
    line(0, "produce", "");
    scenario.produce().forEach(workload -> item(1, workload(workload)));
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

  private void cluster(Scenario scenario) {
    line(
        0,
        "kafka",
        new Yaml.Flow()
            .put("protocol", "classic")
            .put("brokers", scenario.kafka().brokers())
            .put(
                "initial-rebalance-delay", Units.format(scenario.kafka().initialRebalanceDelay())));
    line(
        0,
        "network",
        new Yaml.Flow()
            .put("request", Distributions.write(scenario.network().request(), NANOS))
            .put("response", Distributions.write(scenario.network().response(), NANOS)));
    line(
        0,
        "limits",
        new Yaml.Flow()
            .put("virtual", Units.format(scenario.limits().virtual()))
            .put("wall", Units.format(scenario.limits().wall()))
            .put("events", scenario.limits().events()));
  }

  private static Yaml.Flow workload(Workload workload) {
    Yaml.Flow flow = new Yaml.Flow().put("topic", Yaml.text(workload.topic()));
    Long count = workload.count();
    if (count != null) {
      flow.put("count", count);
    }
    Duration lasting = workload.lasting();
    if (lasting != null) {
      flow.put("for", Units.format(lasting));
    }
    if (workload.arrival() instanceof Arrival.Uniform uniform) {
      flow.put("rate", Units.formatRate(uniform.perSecond())).put("arrival", "uniform");
    } else if (workload.arrival() instanceof Arrival.Poisson poisson) {
      flow.put("rate", Units.formatRate(poisson.perSecond())).put("arrival", "poisson");
    } else {
      flow.put("arrival", "burst");
    }
    return flow.put("keys", keys(workload.keys()))
        .put("size", Distributions.write(workload.size(), BYTES))
        .put("start-at", Units.format(workload.startAt()));
  }

  private static String keys(Keys keys) {
    Yaml.Flow flow = new Yaml.Flow();
    if (keys instanceof Keys.Sequential) {
      return flow.put("sequential", keys.count()).toString();
    }
    if (keys instanceof Keys.Uniform) {
      return flow.put("uniform", keys.count()).toString();
    }
    if (keys instanceof Keys.Zipf zipf) {
      String exponent = Units.formatNumber(zipf.exponent());
      return flow.put("zipf", exponent).put("count", keys.count()).toString();
    }
    if (keys instanceof Keys.Hot hot) {
      String share = Units.formatShare(hot.share());
      return flow.put("hot", share).put("count", keys.count()).toString();
    }
    return "single";
  }

  private void group(Group group) {
    line(0, "group", "");
    line(1, "id", Yaml.text(group.id()));
    line(1, "members", group.members());
    line(1, "stagger", Units.format(group.stagger()));
    line(1, "config", group.config().isEmpty() ? "{}" : "");
    group.config().forEach((name, value) -> line(2, name, Yaml.text(value)));
  }

  private void engine(Engine engine) {
    line(0, "engine", "");
    line(1, "mode", engine.mode().label());
    line(1, "concurrency", engine.scheduler().concurrency());
    line(1, "queue-depth", engine.scheduler().queueDepth());
    line(1, "max-keys", engine.scheduler().maxKeys());
    line(1, "commit", new Yaml.Flow().put("every", Units.format(engine.commitEvery())));
    line(
        1,
        "drain",
        new Yaml.Flow()
            .put("policy", engine.drain().policy().label())
            .put("timeout", Units.format(engine.drain().timeout())));
    line(1, "max-in-flight", engine.maxInFlight());
  }

  private void handler(Handler handler) {
    line(0, "handler", "");
    line(1, "service", Distributions.write(handler.service(), NANOS));
    line(1, "slow", handler.slow().isEmpty() ? "[]" : "");
    for (Handler.SlowKey slow : handler.slow()) {
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
