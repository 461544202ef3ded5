package io.heddle.scenarios.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The schema as a page: a table for each mapping, in words. */
final class FormatReference {
  /** What patterns mean. */
  private static final Map<String, String> PATTERNS = new TreeMap<>();

  static {
    pattern(Shapes.duration(), "time");
    pattern(Shapes.bytes(), "size");
    pattern(Shapes.rate(), "rate");
    pattern(Shapes.share(), "share");
    pattern(Shapes.belowTime(), "`<` and a time");
    pattern(Shapes.belowNumber(), "`<` and a number");
    pattern(Shapes.trafficFile(), "file");
    pattern(Shapes.scenarioFile(), "file");
  }

  private final JsonSchema schema;

  FormatReference(JsonSchema schema) {
    this.schema = schema;
  }

  private static void pattern(Map<String, Object> shape, String words) {
    PATTERNS.put(String.valueOf(shape.get("pattern")), words);
  }

  String text() {
    StringBuilder text = new StringBuilder("## Reference\n");
    places()
        .forEach(
            (place, mapping) -> {
              text.append("\n### ").append(place.isEmpty() ? "A scenario" : "`" + place + "`");
              text.append("\n\n| field | value | what it is |\n| --- | --- | --- |\n");
              for (Map.Entry<String, JsonNode> field : mapping.get("properties").properties()) {
                text.append(row(mapping, field.getKey(), field.getValue()));
              }
              text.append(rule(mapping));
            });
    return text.toString();
  }

  /** In the order of the file; what a swarm draws from is the same again, and not repeated. */
  private Map<String, JsonNode> places() {
    Map<String, JsonNode> places = new LinkedHashMap<>();
    for (String place : schema.inOrder()) {
      JsonNode mapping = schema.mapping(place);
      boolean isLaw = mapping.path("properties").has("lognormal");
      boolean again = place.startsWith("swarm.") || places.containsValue(mapping);
      if (!isLaw && !again && !place.contains("config")) {
        places.put(place, mapping);
      }
    }
    return places;
  }

  private static String row(JsonNode mapping, String name, JsonNode shape) {
    boolean required = false;
    for (JsonNode each : mapping.path("required")) {
      required |= each.asText().equals(name);
    }
    return "| `%s`%s | %s | %s |\n"
        .formatted(
            name, required ? " (always)" : "", words(shape), shape.get("description").asText());
  }

  private static String rule(JsonNode mapping) {
    List<String> names = new ArrayList<>();
    for (JsonNode choice : mapping.path("oneOf")) {
      choice.path("required").forEach(name -> names.add("`" + name.asText() + "`"));
    }
    return names.isEmpty() ? "" : "\nOne of " + String.join(", ", names) + ".\n";
  }

  private static String words(JsonNode shape) {
    if (shape.has("anyOf")) {
      List<String> choices = new ArrayList<>();
      shape.get("anyOf").forEach(choice -> choices.add(words(choice)));
      return choices.stream().distinct().collect(Collectors.joining(" or "));
    }
    if (shape.has("$ref")) {
      return shape.get("$ref").asText().endsWith("size-law") ? "law of sizes" : "law of times";
    }
    if (shape.has("const")) {
      return "`" + shape.get("const").asText() + "`";
    }
    if (shape.has("enum")) {
      List<String> names = new ArrayList<>();
      shape.get("enum").forEach(name -> names.add("`" + name.asText() + "`"));
      return String.join(", ", names);
    }
    if (shape.has("minimum")) {
      return "whole number from " + shape.get("minimum").asText();
    }
    if (shape.has("pattern")) {
      String words = PATTERNS.get(shape.get("pattern").asText());
      if (words == null) {
        throw new AssertionError("no words for " + shape);
      }
      return words;
    }
    return shape.get("type").isArray() ? "text" : ofType(shape);
  }

  private static String ofType(JsonNode shape) {
    return switch (shape.get("type").asText()) {
      case "boolean" -> "`true` or `false`";
      case "number" -> "number";
      case "array" ->
          shape.has("items")
              ? "list of " + words(shape.get("items"))
              : "`[from, to]`, of " + words(shape.get("prefixItems").get(0));
      case "object" -> shape.path("additionalProperties").isObject() ? "fields by name" : "fields";
      default -> throw new AssertionError("no words for " + shape);
    };
  }
}
