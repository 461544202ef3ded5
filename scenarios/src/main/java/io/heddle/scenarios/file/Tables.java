package io.heddle.scenarios.file;

import static io.heddle.scenarios.file.Shapes.anyOf;
import static io.heddle.scenarios.file.Shapes.duration;
import static io.heddle.scenarios.file.Shapes.list;
import static io.heddle.scenarios.file.Shapes.oneOf;
import static io.heddle.scenarios.file.Shapes.pair;
import static io.heddle.scenarios.file.Shapes.ref;
import static io.heddle.scenarios.file.Shapes.scalar;
import static io.heddle.scenarios.file.Shapes.share;
import static io.heddle.scenarios.file.Shapes.whole;

import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.KafkaErrors;
import io.heddle.scenarios.model.Threshold;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Every mapping of the format: its fields, what they hold, and what they mean. */
final class Tables {
  static final Table SEEDS =
      Table.empty()
          .may("from", whole(0), "The first seed.")
          .must("count", whole(1), "How many seeds.");
  static final Table KAFKA =
      Table.empty()
          .may("protocol", oneOf(List.of("classic")), "How members agree on an assignment.")
          .may("brokers", whole(1), "How many brokers.")
          .may(
              "initial-rebalance-delay",
              duration(),
              "How long an empty group waits for more members after the first one.")
          .notYet("version", "transactions");
  static final Table NETWORK =
      Table.empty()
          .may("request", ref("duration-law"), "How long a request travels.")
          .may("response", ref("duration-law"), "How long a response travels.");
  static final Table LIMITS =
      Table.empty()
          .may("virtual", duration(), "Scenario time at which a run is cut off.")
          .may("wall", duration(), "Real time after which a run is cut off.")
          .may("events", whole(1), "Steps of the simulator after which a run is cut off.");
  static final Table TOPIC =
      Table.empty()
          .must("partitions", whole(1), "How many partitions.")
          .notYet("retention", "compaction", "replication", "segment");
  static final Table KEYS =
      Table.empty()
          .may("sequential", whole(1), "So many keys, in turn.")
          .may("uniform", whole(1), "So many keys, each as likely as any other.")
          .may("zipf", Shapes.number(), "The exponent by which later keys are rarer.")
          .may("hot", share(), "The share of the first key; the others are alike.")
          .may("count", whole(1), "How many keys, with zipf and hot.")
          .one("sequential", "uniform", "zipf", "hot");
  static final Table WORKLOAD =
      Table.empty()
          .must("topic", scalar(), "One of the topics.")
          .may("count", whole(1), "How many records at most.")
          .may("for", duration(), "For how long records are due.")
          .may("rate", Shapes.rate(), "How many records are due in which time.")
          .may(
              "arrival",
              oneOf(List.of("uniform", "poisson", "burst")),
              "At equal distances, at random, or all at once.")
          .may(
              "keys",
              anyOf(Shapes.constant("single"), KEYS.shape()),
              "Which key each record gets: k0, k1, and so on.")
          .may("size", ref("size-law"), "The size of a value.")
          .may("start-at", duration(), "When the first record is due at the earliest.")
          .notYet("producers", "transactional", "idempotence", "acks", "headers");
  static final Table GROUP =
      Table.empty()
          .may("id", scalar(), "The group's id.")
          .may("members", whole(1), "How many members: m1, m2, and so on.")
          .may("stagger", duration(), "The time between the starts of two members.")
          .may("config", config(), "Settings of Kafka's consumer.")
          .notYet("instance-ids", "protocol", "topics");
  static final Table COMMIT =
      Table.empty()
          .must("every", duration(), "The time between two commits of a member.")
          .notYet("async", "metadata");
  static final Table DRAIN =
      Table.empty()
          .may(
              "policy",
              oneOf(labels(Engine.Drain.Policy.values(), Engine.Drain.Policy::label)),
              "Which records are finished when a partition is revoked.")
          .may("timeout", duration(), "How long that may take.");
  static final Table ENGINE =
      Table.empty()
          .may(
              "mode",
              oneOf(labels(Engine.Mode.values(), Engine.Mode::label)),
              "How records are worked on.")
          .may("scheduler", oneOf(GroupSection.presets()), "A preset of the scheduler's limits.")
          .may("concurrency", whole(1), "How many keys are worked on at once.")
          .may("queue-depth", whole(1), "How many records of a key wait before intake stops.")
          .may("max-keys", whole(1), "How many keys are queued before intake stops.")
          .may("commit", COMMIT.shape(), "When commits are made.")
          .may("drain", DRAIN.shape(), "What becomes of accepted records.")
          .may("max-in-flight", whole(1), "How many records of a partition are under way.")
          .notYet("ordering", "exactly-once", "transactions", "batcher");
  static final Table SLOW_KEY =
      Table.empty()
          .must("key", scalar(), "The key.")
          .must("service", ref("duration-law"), "How long the work on its records takes.");
  static final Table HANDLER =
      Table.empty()
          .may("service", ref("duration-law"), "How long the work on a record takes.")
          .may(
              "slow",
              anyOf(SLOW_KEY.shape(), list(SLOW_KEY.shape())),
              "Keys whose records take another time.")
          .notYet("errors", "retry", "forward");
  static final Table VALUED_ACTION =
      Table.empty()
          .may("delay", ref("duration-law"), "The request arrives so much later.")
          .may("error", oneOf(KafkaErrors.names()), "The broker answers with this error.")
          .one("delay", "error");
  static final Table FAULT =
      Table.empty()
          .may("name", scalar(), "Unique in the scenario.")
          .may("at", duration(), "Once, at this time.")
          .may("every", duration(), "Again and again, at this distance.")
          .may("jitter", duration(), "By how much the distance varies.")
          .may("until", duration(), "When that ends.")
          .may("on", oneOf(labels(Api.values(), Api::label)), "On requests of this API.")
          .may("nth", whole(1), "The n-th of them, counted from 1.")
          .may("times", whole(1), "So many of them, from the first on.")
          .may("once", Shapes.constant(true), "The first of them.")
          .may("probability", share(), "Each of them with this probability.")
          .may("between", pair(duration(), duration()), "Those sent in this span of time.")
          .must(
              "do",
              anyOf(oneOf(FaultSection.PLAIN_ACTIONS), VALUED_ACTION.shape()),
              "What goes wrong.")
          .may("member", scalar(), "Whom it is for: a member, or any.")
          .may("for", duration(), "How long a pause lasts.")
          .may("restart-after", duration(), "How long after a crash the member is back.")
          .may("may-not-fire", Shapes.flag(), "Whether a run can pass without it.")
          .notYet("weight")
          .one("at", "every", "on");
  static final Table HEAL =
      Table.empty()
          .may("at", duration(), "When faults end.")
          .may("then", oneOf(List.of("drain")), "What happens then.")
          .may("within", duration(), "How long everything then has to finish.");
  static final Table THRESHOLD = threshold();
  static final Table EXPECT =
      Table.empty()
          .may("outcome", Shapes.scalar(), "passed, or what the run is meant to break first.")
          .may("invariants", list(oneOf(Expect.INVARIANTS)), "What has to hold.")
          .may("thresholds", list(THRESHOLD.shape()), "What figures have to stay below.")
          .may("faults", oneOf(List.of("all-fired")), "Whether all faults have to fire.")
          .may("reached", list(scalar()), "Marks: NAME or NAME>=COUNT.")
          .notYet("duplicates");
  static final Table SCENARIO =
      Table.empty()
          .must("scenario", scalar(), "The name.")
          .may("version", Shapes.constant(1), "Of the format.")
          .may("title", scalar(), "One line on what it shows.")
          .may("description", scalar(), "A paragraph on what it shows.")
          .may("tags", list(scalar()), "Words to find it by.")
          .may("source", scalar(), "Where it comes from.")
          .may("seed", whole(0), "The seed of a single run.")
          .may("seeds", SEEDS.shape(), "The seeds of a campaign.")
          .may("kafka", KAFKA.shape(), "The cluster.")
          .may("network", NETWORK.shape(), "How long messages travel.")
          .may("limits", LIMITS.shape(), "Where a run is cut off.")
          .must("topics", Shapes.named(TOPIC.shape()), "The topics, by name.")
          .must("produce", list(WORKLOAD.shape()), "What is produced.")
          .may("group", GROUP.shape(), "Who consumes it.")
          .may("engine", ENGINE.shape(), "How records are worked on.")
          .may("handler", HANDLER.shape(), "The work on a record.")
          .may("faults", list(FAULT.shape()), "What goes wrong.")
          .may("heal", HEAL.shape(), "When faults end.")
          .may("expect", EXPECT.shape(), "What has to hold.")
          .notYet("swarm", "include", "report", "transactions");

  private Tables() {}

  /** A law of chance for values of this shape. */
  static Table law(Map<String, Object> value) {
    return Table.empty()
        .may("constant", value, "Always the same.")
        .may("uniform", pair(value, value), "Anything from the first to the second.")
        .may("exponential", value, "The mean of waiting times.")
        .may("lognormal", pair(value, Shapes.number()), "The median and sigma.")
        .one("constant", "uniform", "exponential", "lognormal");
  }

  private static Table threshold() {
    Table table =
        Table.empty()
            .must(
                "metric",
                oneOf(labels(Threshold.Metric.values(), Threshold.Metric::label)),
                "What is measured.")
            .may("value", Shapes.belowNumber(), "For max_lag: fewer records than this.");
    for (Threshold.Statistic statistic : Threshold.Statistic.values()) {
      table = table.may(statistic.label(), Shapes.belowTime(), "Less time than this.");
    }
    return table.notYet("where", "abort", "p95", "p99.99", "mean");
  }

  private static Map<String, Object> config() {
    Map<String, Object> settings = new LinkedHashMap<>();
    ConsumerConfig.configNames().stream().sorted().forEach(name -> settings.put(name, scalar()));
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("type", "object");
    shape.put("properties", settings);
    shape.put("additionalProperties", false);
    return shape;
  }

  private static <E> List<String> labels(E[] values, java.util.function.Function<E, String> label) {
    return Arrays.stream(values).map(label).toList();
  }
}
