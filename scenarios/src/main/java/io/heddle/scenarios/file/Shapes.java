package io.heddle.scenarios.file;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Schemas of the values that the tables of the format are made of. */
final class Shapes {
  private static final String NUMBER = "[0-9][0-9_]*(\\.[0-9]+)?";
  private static final String TIME = NUMBER + "(ns|us|ms|s|m|h)";

  private Shapes() {}

  /** Whatever is a single value. */
  static Map<String, Object> scalar() {
    return of("type", List.of("string", "number", "boolean"));
  }

  static Map<String, Object> flag() {
    return of("type", "boolean");
  }

  /** Also with underscores between the digits, which some readers of YAML take for text. */
  static Map<String, Object> whole(long least) {
    Map<String, Object> shape = of("type", List.of("integer", "string"));
    shape.put("pattern", "^[0-9][0-9_]*$");
    shape.put("minimum", least);
    return shape;
  }

  static Map<String, Object> number() {
    return of("type", "number");
  }

  static Map<String, Object> duration() {
    return pattern(TIME);
  }

  static Map<String, Object> bytes() {
    return pattern(NUMBER + "(B|KB|MB|GB)");
  }

  static Map<String, Object> rate() {
    return pattern(NUMBER + "/(s|m|h)");
  }

  static Map<String, Object> share() {
    return pattern(NUMBER + "%");
  }

  /** A time that is to be stayed below. */
  static Map<String, Object> belowTime() {
    return pattern("< *" + TIME);
  }

  /** A number that is to be stayed below. */
  static Map<String, Object> belowNumber() {
    return pattern("< *[0-9][0-9_]*");
  }

  static Map<String, Object> oneOf(Collection<String> names) {
    return of("enum", List.copyOf(names));
  }

  static Map<String, Object> constant(Object value) {
    return of("const", value);
  }

  static Map<String, Object> list(Map<String, Object> items) {
    Map<String, Object> shape = of("type", "array");
    shape.put("items", items);
    return shape;
  }

  static Map<String, Object> pair(Map<String, Object> first, Map<String, Object> second) {
    Map<String, Object> shape = of("type", "array");
    shape.put("prefixItems", List.of(first, second));
    shape.put("minItems", 2);
    shape.put("maxItems", 2);
    return shape;
  }

  /** A mapping from any names. */
  static Map<String, Object> named(Map<String, Object> values) {
    Map<String, Object> shape = of("type", "object");
    shape.put("additionalProperties", values);
    return shape;
  }

  static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
    return of("anyOf", List.of(one, other));
  }

  /** What is described once, under this name. */
  static Map<String, Object> ref(String name) {
    return of("$ref", "#/$defs/" + name);
  }

  /** The name of a file of recorded traffic. */
  static Map<String, Object> trafficFile() {
    return pattern(".*\\.(csv|jsonl|ndjson)");
  }

  /** The name of a file with fields of a scenario. */
  static Map<String, Object> scenarioFile() {
    return pattern("[^/\\\\]+\\.ya?ml");
  }

  private static Map<String, Object> pattern(String pattern) {
    Map<String, Object> shape = of("type", "string");
    shape.put("pattern", "^" + pattern + "$");
    return shape;
  }

  private static Map<String, Object> of(String keyword, Object value) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put(keyword, value);
    return shape;
  }
}
