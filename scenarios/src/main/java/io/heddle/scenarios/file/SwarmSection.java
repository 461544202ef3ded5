package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Swarm;
import java.util.List;
import java.util.function.Function;

/** Reads what is drawn for each seed. */
final class SwarmSection {
  private SwarmSection() {}

  static Swarm read(Node node, Replays replays) {
    if (node instanceof Node.Scalar) {
      Values.oneOf(node, List.of("on"), List.of());
      return new Swarm(
          true, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
    Fields fields = Fields.of(node, Tables.SWARM);
    return new Swarm(
        fields.get("faults", Values::flag, false),
        some(fields, "schedule", ScheduleSection::read),
        some(fields, "kafka", ScenarioSection::cluster),
        some(fields, "network", ScenarioSection::network),
        some(fields, "produce", each -> WorkloadSection.readAll(each, replays)),
        some(fields, "group", GroupSection::group),
        some(fields, "engine", GroupSection::engine),
        some(fields, "handler", GroupSection::handler));
  }

  private static <T> List<T> some(Fields fields, String name, Function<Node, T> reader) {
    return fields.get(name, node -> Values.list(node, reader), List.<T>of());
  }
}
