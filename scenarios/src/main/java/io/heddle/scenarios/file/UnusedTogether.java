package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Swarm;
import io.heddle.scenarios.model.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Refuses fields of one section that have no effect beside what the others say, for any seed: of
 * what a swarm draws, each can meet each.
 */
final class UnusedTogether {
  /** In files that were written with every default, too. */
  private static final Duration USUAL = Patience.DEFAULT.instanceTimeout();

  private final Fields fields;
  private final Scenario scenario;

  UnusedTogether(Fields fields, Scenario scenario) {
    this.fields = fields;
    this.scenario = scenario;
  }

  void check() {
    checkFailures();
    if (!hasInstances(scenario)) {
      drawn("engine")
          .forEach(
              engine ->
                  entry(engine, "patience")
                      .flatMap(patience -> entry(patience.value(), "instance-timeout"))
                      .filter(given -> !Quantities.duration(given.value()).equals(USUAL))
                      .ifPresent(
                          given -> {
                            throw given
                                .keyPlace()
                                .fail("needs static members (group.static), and there are none");
                          }));
    }
    drawn("handler").forEach(this::checkSlowKeys);
    Optional<Node.Entry> faults = fields.find("swarm").flatMap(node -> entry(node, "faults"));
    if (scenario.swarm().faults() && scenario.faults().isEmpty()) {
      throw faults
          .map(Node.Entry::keyPlace)
          .or(() -> fields.entry("swarm").map(Node.Entry::keyPlace))
          .orElseThrow()
          .fail("needs faults to draw from, and there are none");
    }
  }

  /** Whether any member has an instance id, with any group there can be. */
  static boolean hasInstances(Scenario scenario) {
    List<Group> drawn = scenario.swarm().group();
    return (drawn.isEmpty() ? List.of(scenario.group()) : drawn)
        .stream()
            .anyMatch(
                group ->
                    group.memberNames().stream()
                        .anyMatch(
                            member ->
                                group
                                    .configOf(member)
                                    .containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)));
  }

  /** The slow keys of a handler that any record can have. */
  static List<Handler.SlowKey> slowKeys(Handler handler, Scenario scenario) {
    return handler.slow().stream().filter(slow -> isProduced(slow.key(), scenario)).toList();
  }

  /** Nothing fails by itself; a share of nothing, written down, is somebody's wish. */
  private void checkFailures() {
    boolean errors = drawn("handler").anyMatch(each -> entry(each, "errors").isPresent());
    boolean undecodable = drawn("handler").anyMatch(each -> entry(each, "undecodable").isPresent());
    for (Node engine : (Iterable<Node>) drawn("engine")::iterator) {
      Optional<Node.Entry> decoding = entry(engine, "on-undecodable");
      if (!undecodable) {
        unused(
            decoding, "needs records that cannot be decoded: undecodable of handler is not given");
      }
      boolean others =
          entry(engine, "types").isPresent()
              || entry(engine, "interjections")
                  .flatMap(each -> entry(each.value(), "errors"))
                  .isPresent();
      if (!errors && !others && (!undecodable || decoding.isPresent())) {
        unused(
            entry(engine, "on-failure"),
            decoding.isPresent()
                ? "needs work that fails beside what on-undecodable is for, and there is none"
                : "needs work that fails: errors or undecodable of handler,"
                    + " errors of interjections, or types, and none is given");
      }
    }
  }

  private static void unused(Optional<Node.Entry> given, String why) {
    given.ifPresent(
        each -> {
          throw each.keyPlace().fail(why);
        });
  }

  private void checkSlowKeys(Node handler) {
    entry(handler, "slow")
        .map(Node.Entry::value)
        .map(slow -> slow instanceof Node.Sequence list ? list.items() : List.of(slow))
        .orElse(List.of())
        .forEach(
            slow -> {
              Node key = Values.mapping(slow).entry("key").orElseThrow().value();
              String name = Values.scalar(key);
              if (!isProduced(name, scenario)) {
                throw key.fail(
                    "must be a key that records have"
                        + produced(scenario)
                        + ", was "
                        + ScenarioException.quoted(name));
              }
            });
  }

  private static boolean isProduced(String key, Scenario scenario) {
    return workloads(scenario)
        .anyMatch(
            workload ->
                workload.arrival() instanceof Arrival.Replay replay
                    ? replay.records().stream().anyMatch(each -> each.key().equals(key))
                    : key.matches("k(0|[1-9][0-9]{0,8})")
                        && Integer.parseInt(key.substring(1)) < workload.keyCount());
  }

  /** Which they are, where they have numbers. */
  private static String produced(Scenario scenario) {
    int most =
        workloads(scenario)
            .filter(workload -> !(workload.arrival() instanceof Arrival.Replay))
            .mapToInt(Workload::keyCount)
            .max()
            .orElse(0);
    return switch (most) {
      case 0 -> "";
      case 1 -> " (" + Keys.name(0) + ")";
      default -> " (" + Keys.name(0) + " to " + Keys.name(most - 1) + ")";
    };
  }

  private static Stream<Workload> workloads(Scenario scenario) {
    Swarm swarm = scenario.swarm();
    return swarm.produce().isEmpty()
        ? scenario.produce().stream()
        : swarm.produce().stream().flatMap(List::stream);
  }

  /** The sections of this name that a seed can run with. */
  private Stream<Node> drawn(String name) {
    List<Node> candidates =
        fields
            .find("swarm")
            .flatMap(swarm -> entry(swarm, name))
            .map(each -> each.value() instanceof Node.Sequence list ? list.items() : null)
            .orElse(List.of());
    return candidates.isEmpty() ? fields.find(name).stream() : candidates.stream();
  }

  private static Optional<Node.Entry> entry(Node node, String name) {
    return node instanceof Node.Mapping mapping ? mapping.entry(name) : Optional.empty();
  }
}
