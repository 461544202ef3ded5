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
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Happening;
import io.heddle.scenarios.model.KafkaErrors;
import io.heddle.scenarios.model.Threshold;
import io.heddle.simulator.broker.TopicConfig;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Every mapping of the format: its fields, what they hold, and what they mean. */
final class Tables {
  static final Table SEEDS =
      Table.empty()
          .may("from", whole(0), "The first seed.")
          .must("count", whole(1), "How many seeds.");
  static final Table SCHEDULE =
      Table.empty()
          .must(
              "policy",
              oneOf(ScheduleSection.POLICIES),
              "Every order alike, or by priorities that are drawn once for each thread, worker and"
                  + " connection (PCT).")
          .may("depth", whole(1), "Of pct: one more than how many of them fall behind.")
          .may(
              "steps",
              whole(1),
              "Of pct: within how many steps they do so; those count beside which something else"
                  + " was due.");
  static final Table KAFKA =
      Table.empty()
          .may(
              "protocol",
              oneOf(Cluster.Protocol.labels()),
              "How members agree on an assignment; by consumer, session.timeout.ms and"
                  + " heartbeat.interval.ms of the group are the coordinator's.")
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
          .may("replication", whole(1), "How many replicas; else as many as the brokers' default.")
          .may("config", settings(TopicConfig.names()), "Settings of Kafka's topics.");
  static final Table KEYS =
      Table.empty()
          .may("sequential", whole(1), "So many keys, in turn.")
          .may("uniform", whole(1), "So many keys, each as likely as any other.")
          .may("zipf", Shapes.number(), "The exponent by which later keys are rarer.")
          .may("hot", share(), "The share of the first key; the others are alike.")
          .may("count", whole(1), "How many keys, with zipf and hot.")
          .one("sequential", "uniform", "zipf", "hot");
  static final Table CLOSED_LOOP =
      Table.empty()
          .may("clients", whole(1), "How many clients, each with a producer of its own.")
          .must("outstanding", whole(1), "How many records each has under way.")
          .may("think", ref("duration-law"), "How long it waits before it sends another one.");
  static final Table RECORDED =
      Table.empty()
          .must("gap", duration(), "The time since the record before it.")
          .must("key", scalar(), "Its key.")
          .must("size", Shapes.bytes(), "The size of its value.");
  static final Table TRANSACTIONS =
      Table.empty()
          .must("records", whole(1), "How many records each has.")
          .may("aborted", share(), "The share of them that the producer aborts.")
          .may("hanging", share(), "The share of them that nobody ends, until their time is over.")
          .may("timeout", duration(), "After which the coordinator aborts one that is open.");
  static final Table HEADER =
      Table.empty()
          .must("one-of", list(scalar()), "One of these, for each record.")
          .may("share", share(), "The share of records that have the header at all.");
  static final Table WORKLOAD =
      Table.empty()
          .must("topic", scalar(), "One of the topics.")
          .may("count", whole(1), "How many records at most.")
          .may("for", duration(), "For how long records are due.")
          .may("rate", Shapes.rate(), "How many records are due in which time.")
          .may(
              "arrival",
              anyOf(oneOf(WorkloadSection.ARRIVALS), CLOSED_LOOP.shape()),
              "At equal distances, at random, all at once, or in a closed loop: when a client's"
                  + " record is complete it sends another one.")
          .may(
              "keys",
              anyOf(Shapes.constant("single"), KEYS.shape()),
              "Which key each record gets: k0, k1, and so on.")
          .may("size", ref("size-law"), "The size of a value.")
          .may(
              "replay",
              anyOf(Shapes.trafficFile(), list(RECORDED.shape())),
              "Recorded traffic, with its times, keys and sizes: a file beside the scenario (.csv"
                  + " with gap_ms,key,size, or .jsonl with gapMs, key and size), or the records.")
          .may("start-at", duration(), "When the first record is due at the earliest.")
          .may("config", settings(ProducerConfig.configNames()), "Settings of Kafka's producer.")
          .may(
              "transactions",
              TRANSACTIONS.shape(),
              "Records are sent in transactions; not in a closed loop.")
          .may(
              "headers",
              Shapes.named(anyOf(anyOf(scalar(), list(scalar())), HEADER.shape())),
              "Their headers by name: a value, or several of which one is drawn for each record.");
  static final Table GROUP =
      Table.empty()
          .may("id", scalar(), "The group's id.")
          .may("members", whole(1), "How many members: m1, m2, and so on.")
          .may("stagger", duration(), "The time between the starts of two members.")
          .may("config", settings(ConsumerConfig.configNames()), "Settings of Kafka's consumer.")
          .may(
              "member-config",
              Shapes.named(settings(ConsumerConfig.configNames())),
              "Settings of single members, by the member; they count for more than config.")
          .may(
              "static",
              Shapes.flag(),
              "Whether members are static: each one's name is its group.instance.id.")
          .notYet("protocol", "topics");
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
              "Keys whose records take another time; each is one that is produced.")
          .may("errors", share(), "The share of attempts that fail, and are made again.")
          .may(
              "undecodable",
              share(),
              "The share of records that cannot be decoded; `engine.on-undecodable` or"
                  + " `engine.on-failure` leaves them out.")
          .notYet("retry", "forward");
  static final Table VALUED_ACTION =
      Table.empty()
          .may("delay", ref("duration-law"), "The request arrives so much later.")
          .may("error", oneOf(KafkaErrors.names()), "The broker answers with this error.")
          .may("throttle", ref("duration-law"), "The client is to wait so long with the next one.")
          .one("delay", "error", "throttle");
  static final Table FAULT =
      Table.empty()
          .may("name", scalar(), "Unique in the scenario.")
          .may("at", duration(), "Once, at this time.")
          .may(
              "every",
              anyOf(duration(), whole(2)),
              "Again and again, at this distance; with on or when, every so many of them.")
          .may("jitter", duration(), "By how much the distance varies.")
          .may("until", duration(), "When that ends.")
          .may("on", oneOf(labels(Api.values(), Api::label)), "On requests of this API.")
          .may("when", oneOf(Happening.labels()), "After this has happened.")
          .may("nth", whole(1), "The n-th of them, counted from 1.")
          .may("times", whole(1), "So many of them, from the first on.")
          .may("once", Shapes.constant(true), "The first of them.")
          .may("probability", share(), "Each of them with this probability.")
          .may("between", pair(duration(), duration()), "Those in this span of time.")
          .must(
              "do", anyOf(oneOf(ActionSection.plain()), VALUED_ACTION.shape()), "What goes wrong.")
          .may(
              "member",
              scalar(),
              "Whom it is for: a member, or any; change-limits at a time can be for all.")
          .may("for", duration(), "How long it lasts.")
          .may(
              "restart-after",
              duration(),
              "How long after it the process or broker is back; one that stops, once it has ended.")
          .may("barrier", scalar(), "Where requests are held, and released.")
          .may("ahead", duration(), "By how much a clock is ahead.")
          .may("behind", duration(), "By how much a clock is behind.")
          .may("gains", duration(), "How much a clock gains in every second, less than one.")
          .may("loses", duration(), "How much a clock loses in every second, less than one.")
          .may("swings", duration(), "How far a clock is ahead and behind at most, by turns.")
          .may("period", duration(), "How long one swing of a clock takes, with `swings`.")
          .may("broker", orAny(), "Which broker: its id, or any.")
          .may("topic", scalar(), "Which topic.")
          .may("partition", orAny(), "Which partition: its number, or any.")
          .may("loading", duration(), "How long a new coordinator loads.")
          .may("records", whole(1), "How many records a log loses at its end.")
          .may("keep", whole(0), "How many records a log keeps at its end.")
          .may("to", whole(2), "How many partitions the topic then has.")
          .may("by", duration(), "How much longer markers take.")
          .may("concurrency", whole(1), "How many keys are then worked on at once.")
          .may("queue-depth", whole(1), "How many records of a key then wait before intake stops.")
          .may("max-keys", whole(1), "How many keys are then queued before intake stops.")
          .may("may-not-fire", Shapes.flag(), "Whether a run can pass without it.")
          .notYet("weight")
          .oneWithout("every", List.of("on", "when"), "at", "on", "when");
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
  static final Table SWARM =
      Table.empty()
          .may(
              "faults",
              Shapes.flag(),
              "Whether each kind of fault is there or not, and more or less of it.")
          .may("schedule", list(SCHEDULE.shape()), "One of these schedules.")
          .may("kafka", list(KAFKA.shape()), "One of these clusters.")
          .may("network", list(NETWORK.shape()), "One of these networks.")
          .may("produce", list(list(WORKLOAD.shape())), "One of these lists of workloads.")
          .may("group", list(GROUP.shape()), "One of these groups.")
          .may("engine", list(EngineTables.ENGINE.shape()), "One of these engines.")
          .may("handler", list(HANDLER.shape()), "One of these kinds of work.");
  static final Table SCENARIO =
      Table.empty()
          .must("scenario", scalar(), "The name.")
          .may("version", Shapes.constant(1), "Of the format.")
          .may(
              "include",
              anyOf(Shapes.scenarioFile(), list(Shapes.scenarioFile())),
              "Files beside this one whose fields it has too, where it does not say otherwise.")
          .may("title", scalar(), "One line on what it shows.")
          .may("description", scalar(), "A paragraph on what it shows.")
          .may("tags", list(scalar()), "Words to find it by.")
          .may("source", scalar(), "Where it comes from.")
          .may("seed", whole(0), "The seed of a single run.")
          .may("seeds", SEEDS.shape(), "The seeds of a campaign.")
          .may("schedule", SCHEDULE.shape(), "In which order happens what is due at the same time.")
          .may("kafka", KAFKA.shape(), "The cluster.")
          .may("network", NETWORK.shape(), "How long messages travel.")
          .may("limits", LIMITS.shape(), "Where a run is cut off.")
          .may("topics", Shapes.named(TOPIC.shape()), "The topics, by name.")
          .may("produce", list(WORKLOAD.shape()), "What is produced.")
          .may("group", GROUP.shape(), "Who consumes it.")
          .may("engine", EngineTables.ENGINE.shape(), "How records are worked on.")
          .may("handler", HANDLER.shape(), "The work on a record.")
          .may("faults", list(FAULT.shape()), "What goes wrong.")
          .may("heal", HEAL.shape(), "When faults end.")
          .may("expect", EXPECT.shape(), "What has to hold.")
          .may(
              "swarm",
              anyOf(Shapes.constant("on"), SWARM.shape()),
              "What is drawn for each seed; on is short for faults: true.")
          .notYet("report", "transactions")
          .allOr("include", "topics", "produce");

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

  /** Settings by these names. */
  static Map<String, Object> settings(Collection<String> names) {
    Map<String, Object> settings = new LinkedHashMap<>();
    names.stream().sorted().forEach(name -> settings.put(name, scalar()));
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("type", "object");
    shape.put("properties", settings);
    shape.put("additionalProperties", false);
    return shape;
  }

  private static Map<String, Object> orAny() {
    return anyOf(whole(0), Shapes.constant("any"));
  }

  static <E> List<String> labels(E[] values, java.util.function.Function<E, String> label) {
    return Arrays.stream(values).map(label).toList();
  }
}
