package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.RecordHeader;
import io.heddle.scenarios.model.Recorded;
import io.heddle.scenarios.model.Transactions;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** Reads what is produced. */
final class WorkloadSection {
  private static final List<String> LAWS = List.of("sequential", "uniform", "zipf", "hot");

  /** What arrivals are called that have nothing to be said of. */
  static final List<String> ARRIVALS = List.of("uniform", "poisson", "burst");

  private static final List<String> PRODUCERS =
      ProducerConfig.configNames().stream().sorted().toList();
  private static final List<String> OF_ITS_OWN =
      List.of("count", "for", "rate", "arrival", "keys", "size");

  private WorkloadSection() {}

  static List<Workload> readAll(Node node, Replays replays) {
    return Values.list(node, each -> read(each, replays));
  }

  private static Workload read(Node node, Replays replays) {
    Fields fields = Fields.of(node, Tables.WORKLOAD);
    String topic = Values.scalar(fields.need("topic"));
    @Nullable Long count = fields.find("count").map(Quantities::whole).orElse(null);
    @Nullable Duration lasting = fields.find("for").map(Quantities::duration).orElse(null);
    Arrival arrival = fields.has("replay") ? replay(fields, replays) : arrival(fields);
    Keys keys = fields.get("keys", WorkloadSection::keys, Workload.DEFAULT_KEYS);
    var size = fields.get("size", Distributions::bytes, Workload.DEFAULT_SIZE);
    Duration startAt = fields.get("start-at", Quantities::duration, Duration.ZERO);
    SortedMap<String, String> config =
        fields.get("config", WorkloadSection::config, new TreeMap<>());
    Optional<Transactions> transactions =
        fields.find("transactions").map(WorkloadSection::transactions);
    List<RecordHeader> headers =
        fields.get("headers", WorkloadSection::headers, List.<RecordHeader>of());
    return Values.make(
        node,
        () ->
            new Workload(
                topic,
                count,
                lasting,
                arrival,
                keys,
                size,
                startAt,
                config,
                transactions,
                headers));
  }

  /** Settings of a producer, a workload's or the engine's. */
  static SortedMap<String, String> config(Node node) {
    return GroupSection.settings(node, PRODUCERS, "producer");
  }

  private static List<RecordHeader> headers(Node node) {
    return Values.mapping(node).entries().stream()
        .map(entry -> header(entry.key(), entry.value()))
        .toList();
  }

  private static RecordHeader header(String name, Node node) {
    if (!(node instanceof Node.Mapping)) {
      List<String> values = headerValues(node);
      return Values.make(node, () -> new RecordHeader(name, values, 1));
    }
    Fields fields = Fields.of(node, Tables.HEADER);
    List<String> values = headerValues(fields.need("one-of"));
    double share = fields.get("share", Quantities::share, 1.0);
    return Values.make(node, () -> new RecordHeader(name, values, share));
  }

  private static List<String> headerValues(Node node) {
    return node instanceof Node.Sequence
        ? Values.list(node, Values::scalar)
        : List.of(Values.scalar(node));
  }

  private static Transactions transactions(Node node) {
    Fields fields = Fields.of(node, Tables.TRANSACTIONS);
    int records = Quantities.count(fields.need("records"));
    double aborted = fields.get("aborted", Quantities::share, 0.0);
    double hanging = fields.get("hanging", Quantities::share, 0.0);
    Duration timeout = fields.get("timeout", Quantities::duration, Transactions.TIMEOUT);
    return Values.make(node, () -> new Transactions(records, aborted, hanging, timeout));
  }

  private static Arrival replay(Fields fields, Replays replays) {
    for (String other : OF_ITS_OWN) {
      fields
          .entry(other)
          .ifPresent(
              given -> {
                throw given.keyPlace().fail("must not be given together with replay");
              });
    }
    List<Recorded> records = replays.read(fields.need("replay"));
    return Values.make(fields.node(), () -> new Arrival.Replay(records));
  }

  private static Arrival arrival(Fields fields) {
    Optional<Node> given = fields.find("arrival");
    if (given.isPresent() && given.get() instanceof Node.Mapping loop) {
      withoutRate(fields, "a closed loop");
      return closedLoop(loop);
    }
    String law = given.map(node -> Values.oneOf(node, ARRIVALS, List.of())).orElse("uniform");
    if (law.equals("burst")) {
      withoutRate(fields, "arrival burst");
      return new Arrival.Burst();
    }
    double perSecond = Quantities.rate(fields.need("rate"));
    return law.equals("poisson") ? new Arrival.Poisson(perSecond) : new Arrival.Uniform(perSecond);
  }

  private static void withoutRate(Fields fields, String arrival) {
    fields
        .entry("rate")
        .ifPresent(
            rate -> {
              throw rate.keyPlace().fail("must not be given together with " + arrival);
            });
  }

  private static Arrival closedLoop(Node node) {
    Fields fields = Fields.of(node, Tables.CLOSED_LOOP);
    int clients = fields.get("clients", Quantities::count, 1);
    int outstanding = Quantities.count(fields.need("outstanding"));
    Distribution think = fields.get("think", Distributions::nanos, new Distribution.Constant(0));
    return Values.make(node, () -> new Arrival.ClosedLoop(clients, outstanding, think));
  }

  private static Keys keys(Node node) {
    if (node instanceof Node.Scalar) {
      Values.oneOf(node, List.of("single"), List.of());
      return new Keys.Single();
    }
    Fields fields = Fields.of(node, Tables.KEYS);
    Node.Entry law = fields.one(LAWS);
    boolean counts = law.key().equals("sequential") || law.key().equals("uniform");
    if (counts) {
      fields
          .entry("count")
          .ifPresent(
              count -> {
                throw count
                    .keyPlace()
                    .fail(
                        "does not belong to keys with " + law.key() + ", whose value is the count");
              });
      int keys = Quantities.count(law.value());
      return Values.make(
          node,
          () -> law.key().equals("uniform") ? new Keys.Uniform(keys) : new Keys.Sequential(keys));
    }
    int count = Quantities.count(fields.need("count"));
    if (law.key().equals("zipf")) {
      double exponent = Quantities.number(law.value());
      return Values.make(node, () -> new Keys.Zipf(exponent, count));
    }
    double share = Quantities.share(law.value());
    return Values.make(node, () -> new Keys.Hot(share, count));
  }
}
