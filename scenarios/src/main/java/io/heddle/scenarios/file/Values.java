package io.heddle.scenarios.file;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the shapes that every part of a scenario is made of. */
final class Values {
  private Values() {}

  static Node.Mapping mapping(Node node) {
    if (node instanceof Node.Mapping mapping) {
      return mapping;
    }
    throw node.fail("must be a mapping (name: value), was " + node.kind());
  }

  static <T> List<T> list(Node node, Function<Node, T> reader) {
    if (node instanceof Node.Sequence sequence) {
      return sequence.items().stream().map(reader).toList();
    }
    throw node.fail("must be a list, was " + node.kind());
  }

  /** What is written there, whatever it looks like. */
  static String scalar(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.form() != Node.Form.NOTHING) {
      return scalar.text();
    }
    throw node.fail("must be a single value, was " + node.kind());
  }

  static boolean flag(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.form() == Node.Form.FLAG) {
      return scalar.text().equals("true");
    }
    throw node.fail("must be true or false, was " + node.kind());
  }

  /** One of some names. */
  static String oneOf(Node node, Collection<String> known, Collection<String> notYet) {
    String name = scalar(node);
    if (known.contains(name)) {
      return name;
    }
    if (notYet.contains(name)) {
      throw node.fail(
          ScenarioException.quoted(name)
              + " is not supported yet by this version; supported: "
              + String.join(", ", known));
    }
    throw node.fail(
        "must be a known name, was "
            + ScenarioException.quoted(name)
            + "; "
            + Nearest.hint(name, known));
  }

  static <E> E oneOf(Node node, List<E> values, Function<E, String> label) {
    String name = oneOf(node, values.stream().map(label).toList(), List.of());
    return values.stream()
        .filter(value -> label.apply(value).equals(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Makes a part of the model. What the model refuses is reported where the file says it: the first
   * word of the model's message is the path of the field, seen from {@code node}.
   */
  static <T> T make(Node node, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException refused) {
      String message = String.valueOf(refused.getMessage());
      int space = message.indexOf(' ');
      String field = space < 0 ? message : message.substring(0, space);
      String rest = space < 0 ? "" : message.substring(space + 1);
      throw locate(node, field).failAs(subject(node, field), rest);
    }
  }

  private static String subject(Node node, String field) {
    String path = node.place().path();
    boolean aboutTheNode =
        ("." + path.replaceAll("\\[[0-9]+\\]$", "")).endsWith("." + field)
            || path.startsWith(field + ".");
    return path.isEmpty() ? field : aboutTheNode ? path : path + "." + field;
  }

  /** The place of the deepest node on the way that the file spells out. */
  private static Node.Place locate(Node node, String path) {
    if (path.isEmpty()) {
      return node.place();
    }
    if (node instanceof Node.Sequence sequence && path.startsWith("[")) {
      int end = path.indexOf(']');
      int index = Integer.parseInt(path.substring(1, end));
      return locate(sequence.items().get(index), afterDot(path.substring(end + 1)));
    }
    return node instanceof Node.Mapping mapping
        ? longestKey(mapping, path)
            .map(entry -> locate(entry.value(), afterDot(path.substring(entry.key().length()))))
            .orElse(node.place())
        : node.place();
  }

  private static Optional<Node.Entry> longestKey(Node.Mapping mapping, String path) {
    Optional<Node.Entry> best = Optional.empty();
    for (Node.Entry entry : mapping.entries()) {
      String key = entry.key();
      boolean leads = path.equals(key) || path.startsWith(key + ".") || path.startsWith(key + "[");
      if (leads && (best.isEmpty() || key.length() > best.get().key().length())) {
        best = Optional.of(entry);
      }
    }
    return best;
  }

  private static String afterDot(String path) {
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
