package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is produced. */
final class WorkloadSection {
  private static final List<String> LAWS = List.of("sequential", "uniform", "zipf", "hot");
  private static final List<String> ARRIVALS = List.of("uniform", "poisson", "burst");

  private WorkloadSection() {}

  static Workload read(Node node) {
    Fields fields = Fields.of(node, Tables.WORKLOAD);
    String topic = Values.scalar(fields.need("topic"));
    @Nullable Long count = fields.find("count").map(Quantities::whole).orElse(null);
    @Nullable Duration lasting = fields.find("for").map(Quantities::duration).orElse(null);
    Arrival arrival = arrival(fields);
    Keys keys = fields.get("keys", WorkloadSection::keys, Workload.DEFAULT_KEYS);
    var size = fields.get("size", Distributions::bytes, Workload.DEFAULT_SIZE);
    Duration startAt = fields.get("start-at", Quantities::duration, Duration.ZERO);
    return Values.make(
        node, () -> new Workload(topic, count, lasting, arrival, keys, size, startAt));
  }

  private static Arrival arrival(Fields fields) {
    String law = fields.get("arrival", node -> Values.oneOf(node, ARRIVALS, List.of()), "uniform");
    if (law.equals("burst")) {
      fields
          .entry("rate")
          .ifPresent(
              rate -> {
                throw rate.keyPlace().fail("must not be given together with arrival burst");
              });
      return new Arrival.Burst();
    }
    double perSecond = Quantities.rate(fields.need("rate"));
    return law.equals("poisson") ? new Arrival.Poisson(perSecond) : new Arrival.Uniform(perSecond);
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
