package io.heddle.scenarios.file;

import java.util.List;
import java.util.Optional;

/** A piece of a file that knows where it stands. */
sealed interface Node {
  Place place();

  /** What it is, for messages. */
  String kind();

  /** A failure at this node; {@code problem} goes on after the node's path. */
  default ScenarioException fail(String problem) {
    return place().fail(problem);
  }

  /**
   * Where a node stands.
   *
   * @param path the names and indexes on the way to it, such as {@code faults[1].member}; empty for
   *     the whole file
   * @param line from 1
   * @param column from 1
   */
  record Place(String file, String path, int line, int column) {
    ScenarioException fail(String problem) {
      return failAs(path.isEmpty() ? "the scenario" : path, problem);
    }

    ScenarioException failAs(String subject, String problem) {
      return ScenarioException.at(file, line, column, subject + " " + problem);
    }
  }

  /** What a plain value looks like; in quotes, everything is text. */
  enum Form {
    NOTHING,
    FLAG,
    NUMBER,
    TEXT
  }

  /** A value, as it is written. */
  record Scalar(Place place, String text, Form form) implements Node {
    /** Whether it is a null that somebody wrote down, and not a value that was left out. */
    boolean isNull() {
      return form == Form.NOTHING && !text.isEmpty();
    }

    @Override
    public String kind() {
      return form == Form.NOTHING ? "nothing" : ScenarioException.quoted(text);
    }
  }

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A mapping, in the order of the file. */
  record Mapping(Place place, List<Entry> entries) implements Node {
    Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** The same without the field of this name, if there is one. */
    Mapping without(String key) {
      return new Mapping(
          place, entries.stream().filter(entry -> !entry.key().equals(key)).toList());
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A key of a mapping and what it maps to. */
  record Entry(String key, Place keyPlace, Node value) {}
}
