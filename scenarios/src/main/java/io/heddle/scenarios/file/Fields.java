package io.heddle.scenarios.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A mapping of which every field is known. */
final class Fields {
  /** Where else the engine's sections say what somebody may look for here. */
  private static final Map<String, String> SAID_AS =
      Map.of(
          "retry", "engine.on-failure",
          "forward", "engine.outputs");

  private final Node.Mapping mapping;

  private Fields(Node.Mapping mapping) {
    this.mapping = mapping;
  }

  /** The fields of a mapping, each of which is in the table. */
  static Fields of(Node node, Table table) {
    List<String> known = table.names();
    List<String> notYet = table.notYet();
    Node.Mapping mapping = Values.mapping(node);
    for (Node.Entry entry : mapping.entries()) {
      if (notYet.contains(entry.key())) {
        String said = SAID_AS.get(entry.key());
        throw entry
            .keyPlace()
            .fail(said == null ? "is not supported yet by this version" : "is said as " + said);
      }
      if (!known.contains(entry.key())) {
        throw entry
            .keyPlace()
            .failAs(
                "unknown field",
                ScenarioException.quoted(entry.key())
                    + in(node)
                    + "; "
                    + Nearest.hint(entry.key(), known));
      }
    }
    return new Fields(mapping);
  }

  Node.Mapping node() {
    return mapping;
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  Optional<Node> find(String name) {
    return entry(name).map(Node.Entry::value);
  }

  Optional<Node.Entry> entry(String name) {
    return mapping.entry(name);
  }

  /** The field, or a failure at the mapping that lacks it. */
  Node need(String name) {
    return find(name).orElseThrow(() -> mapping.fail("must have the field '" + name + "'"));
  }

  <T> T get(String name, Function<Node, T> reader, T fallback) {
    return find(name).map(reader).orElse(fallback);
  }

  /**
   * The one field of these that is given.
   *
   * @throws ScenarioException if there are more, or none
   */
  Node.Entry one(List<String> names) {
    return atMostOne(names)
        .orElseThrow(() -> mapping.fail("must have one of the fields " + String.join(", ", names)));
  }

  Optional<Node.Entry> atMostOne(List<String> names) {
    Optional<Node.Entry> found = Optional.empty();
    for (Node.Entry entry : mapping.entries()) {
      if (!names.contains(entry.key())) {
        continue;
      }
      if (found.isPresent()) {
        throw entry.keyPlace().fail("must not be given together with " + found.get().key());
      }
      found = Optional.of(entry);
    }
    return found;
  }

  private static String in(Node node) {
    return node.place().path().isEmpty() ? "" : " in " + node.place().path();
  }
}
