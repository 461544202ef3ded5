package io.heddle.scenarios.file;

import io.heddle.scenarios.model.CoverageMark;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Threshold.Metric;
import io.heddle.scenarios.model.Threshold.Statistic;
import java.util.ArrayList;
import java.util.List;

/** Reads what has to hold. */
final class ExpectSection {
  private static final List<String> INVARIANTS_NOT_YET =
      List.of("clean-close", "isolation", "poll-cadence", "bounded-memory");

  private ExpectSection() {}

  /**
   * @param usual the invariants of a scenario that names none
   */
  static Expect read(Node node, List<String> usual) {
    Fields fields = Fields.of(node, Tables.EXPECT);
    fields.find("faults").ifPresent(all -> Values.oneOf(all, List.of("all-fired"), List.of()));
    String outcome = fields.get("outcome", ExpectSection::outcome, Expect.PASSED);
    List<String> invariants =
        fields.get("invariants", list -> Values.list(list, ExpectSection::invariant), usual);
    List<Threshold> thresholds =
        fields.get(
            "thresholds",
            list -> Values.list(list, ExpectSection::threshold),
            List.<Threshold>of());
    List<Mark> reached =
        fields.get("reached", list -> Values.list(list, ExpectSection::mark), List.<Mark>of());
    return Values.make(node, () -> new Expect(outcome, invariants, thresholds, reached));
  }

  private static String outcome(Node node) {
    String outcome = Values.scalar(node);
    if (outcome.indexOf(':') >= 0) {
      return outcome;
    }
    List<String> known = new ArrayList<>(List.of(Expect.PASSED));
    known.addAll(Expect.INVARIANTS);
    return Values.oneOf(node, known, INVARIANTS_NOT_YET);
  }

  private static String invariant(Node node) {
    return Values.oneOf(node, Expect.INVARIANTS, INVARIANTS_NOT_YET);
  }

  private static Threshold threshold(Node node) {
    List<String> statistics = new ArrayList<>();
    for (Statistic statistic : Statistic.values()) {
      statistics.add(statistic.label());
    }
    Fields fields = Fields.of(node, Tables.THRESHOLD);
    Metric metric = metric(fields.need("metric"));
    if (metric == Metric.MAX_LAG) {
      refuse(fields, statistics, "does not belong to max_lag, which has a value");
      Node value = fields.need("value");
      long limit = Quantities.whole(value, below(value));
      return threshold(value, metric, Statistic.MAX, limit);
    }
    refuse(
        fields,
        List.of("value"),
        "does not belong to " + metric.label() + ", which has " + String.join(", ", statistics));
    Node.Entry limit = fields.one(statistics);
    Statistic statistic =
        List.of(Statistic.values()).stream()
            .filter(each -> each.label().equals(limit.key()))
            .findFirst()
            .orElseThrow();
    long nanos = Quantities.nanos(limit.value(), below(limit.value()));
    return threshold(limit.value(), metric, statistic, nanos);
  }

  private static Threshold threshold(Node node, Metric metric, Statistic statistic, long limit) {
    if (limit < 1) {
      throw node.fail("must be a limit of more than 0, was " + node.kind());
    }
    return Values.make(node, () -> new Threshold(metric, statistic, limit));
  }

  private static Metric metric(Node node) {
    List<String> known = List.of(Metric.values()).stream().map(Metric::label).toList();
    String name = Values.scalar(node);
    if (!known.contains(name) && Nearest.to(name, known).isEmpty()) {
      throw node.fail(
          ScenarioException.quoted(name)
              + " is not supported yet by this version; supported: "
              + String.join(", ", known));
    }
    return Values.oneOf(node, List.of(Metric.values()), Metric::label);
  }

  private static void refuse(Fields fields, List<String> names, String problem) {
    for (Node.Entry entry : fields.node().entries()) {
      if (names.contains(entry.key())) {
        throw entry.keyPlace().fail(problem);
      }
    }
  }

  /** The limit in {@code <50ms}. */
  private static String below(Node node) {
    String text = Values.scalar(node);
    if (!text.startsWith("<") || text.startsWith("<=")) {
      throw node.fail("must be a limit such as '<50', was " + node.kind());
    }
    return text.substring(1).strip();
  }

  /** {@code name} or {@code name>=count}. */
  private static Mark mark(Node node) {
    String text = Values.scalar(node);
    int sign = text.indexOf(">=");
    String name = sign < 0 ? text : text.substring(0, sign).strip();
    long atLeast = sign < 0 ? 1 : Quantities.whole(node, text.substring(sign + 2).strip());
    List<String> known = CoverageMark.labels();
    if (!known.contains(name)) {
      throw node.fail(
          "must be a known mark, was "
              + ScenarioException.quoted(name)
              + "; "
              + Nearest.hint(name, known));
    }
    return Values.make(node, () -> new Mark(name, atLeast));
  }
}
