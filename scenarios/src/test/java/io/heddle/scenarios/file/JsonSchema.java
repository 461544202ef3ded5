package io.heddle.scenarios.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Validates with those keywords of JSON Schema that the scenarios' schema uses, and no others. */
final class JsonSchema {
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "enum",
          "const",
          "pattern",
          "minimum",
          "anyOf",
          "oneOf",
          "not");

  private final JsonNode root;

  JsonSchema(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with a document; empty if nothing is. */
  List<String> problems(JsonNode document) {
    List<String> problems = new ArrayList<>();
    validate(root, document, "", problems);
    return problems;
  }

  /** The fields of the mapping at a place such as {@code produce[].keys}. */
  List<String> fields(String place) {
    JsonNode mapping = collected().get(place);
    List<String> fields = new ArrayList<>();
    if (mapping != null) {
      mapping.get("properties").fieldNames().forEachRemaining(fields::add);
    }
    return fields;
  }

  /** The places of all mappings. */
  Set<String> mappings() {
    return collected().keySet();
  }

  /** The mapping at a place. */
  JsonNode mapping(String place) {
    return Objects.requireNonNull(collected().get(place), place);
  }

  /** The places of mappings with exactly one of some fields. */
  List<String> choices() {
    List<String> choices = new ArrayList<>();
    collected()
        .forEach(
            (place, mapping) -> {
              if (mapping.has("oneOf")) {
                choices.add(place);
              }
            });
    return choices;
  }

  /** The fields that nothing is said of. */
  List<String> undescribed() {
    List<String> undescribed = new ArrayList<>();
    collected()
        .forEach(
            (place, mapping) -> {
              if (!place.contains("config")) {
                for (Map.Entry<String, JsonNode> field : mapping.get("properties").properties()) {
                  if (field.getValue().path("description").asText().isBlank()) {
                    undescribed.add(place + "." + field.getKey());
                  }
                }
              }
            });
    return undescribed;
  }

  /** The places of all mappings in the order of the schema. */
  List<String> inOrder() {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    collect(root, "", found);
    return List.copyOf(found.keySet());
  }

  private Map<String, JsonNode> collected() {
    Map<String, JsonNode> found = new TreeMap<>();
    collect(root, "", found);
    return found;
  }

  private void collect(JsonNode given, String place, Map<String, JsonNode> found) {
    JsonNode schema = resolved(given);
    schema.path("anyOf").forEach(choice -> collect(choice, place, found));
    if (schema.has("items")) {
      collect(schema.get("items"), place + "[]", found);
    }
    if (schema.path("additionalProperties").isObject()) {
      collect(schema.get("additionalProperties"), place + ".*", found);
    }
    if (schema.has("properties")) {
      found.put(place, schema);
      for (Map.Entry<String, JsonNode> field : schema.get("properties").properties()) {
        collect(
            field.getValue(),
            place.isEmpty() ? field.getKey() : place + "." + field.getKey(),
            found);
      }
    }
  }

  private JsonNode resolved(JsonNode schema) {
    return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
  }

  private void validate(JsonNode given, JsonNode value, String place, List<String> problems) {
    JsonNode schema = resolved(given);
    schema
        .fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!KEYWORDS.contains(keyword)) {
                throw new AssertionError("unknown keyword " + keyword);
              }
            });
    plain(schema, value, place, problems);
    choices(schema, value, place, problems);
    if (value.isObject()) {
      members(schema, value, place, problems);
    }
    if (value.isArray()) {
      items(schema, value, place, problems);
    }
  }

  private static void plain(JsonNode schema, JsonNode value, String place, List<String> problems) {
    if (schema.has("type") && !hasType(schema.get("type"), value)) {
      problems.add(place + " has the wrong type");
    }
    if (schema.has("const") && !schema.get("const").asText().equals(value.asText())) {
      problems.add(place + " is not " + schema.get("const"));
    }
    boolean listed = false;
    for (JsonNode name : schema.path("enum")) {
      listed |= name.equals(value);
    }
    if (schema.has("enum") && !listed) {
      problems.add(place + " is not among " + schema.get("enum"));
    }
    if (schema.has("pattern")
        && value.isTextual()
        && !Pattern.compile(schema.get("pattern").asText()).matcher(value.asText()).find()) {
      problems.add(place + " is not like " + schema.get("pattern"));
    }
    if (schema.has("minimum")
        && value.isNumber()
        && value.asDouble() < schema.get("minimum").asDouble()) {
      problems.add(place + " is too small");
    }
  }

  private static boolean hasType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (hasType(each, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new AssertionError("unknown type " + type);
    };
  }

  private void choices(JsonNode schema, JsonNode value, String place, List<String> problems) {
    if (schema.has("anyOf") && fitting(schema.get("anyOf"), value) == 0) {
      problems.add(place + " fits none of its forms");
    }
    if (schema.has("not") && fitting(List.of(schema.get("not")), value) == 1) {
      problems.add(place + " must not have some fields together");
    }
    if (schema.has("oneOf") && fitting(schema.get("oneOf"), value) != 1) {
      problems.add(place + " must have exactly one of some fields");
    }
  }

  private int fitting(Iterable<JsonNode> schemas, JsonNode value) {
    int count = 0;
    for (JsonNode each : schemas) {
      List<String> problems = new ArrayList<>();
      validate(each, value, "", problems);
      count += problems.isEmpty() ? 1 : 0;
    }
    return count;
  }

  private void members(JsonNode schema, JsonNode value, String place, List<String> problems) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        problems.add(place + " is missing " + name.asText());
      }
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String at = place.isEmpty() ? field.getKey() : place + "." + field.getKey();
      JsonNode known = schema.path("properties").path(field.getKey());
      JsonNode others = schema.path("additionalProperties");
      if (!known.isMissingNode()) {
        validate(known, field.getValue(), at, problems);
      } else if (others.isObject()) {
        validate(others, field.getValue(), at, problems);
      } else if (others.isBoolean()) {
        problems.add(place + " has the unknown " + field.getKey());
      }
    }
  }

  private void items(JsonNode schema, JsonNode value, String place, List<String> problems) {
    int least = schema.path("minItems").asInt(0);
    int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (value.size() < least || value.size() > most) {
      problems.add(place + " has the wrong length");
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = schema.path("prefixItems").path(i);
      JsonNode each = item.isMissingNode() ? schema.path("items") : item;
      if (!each.isMissingNode()) {
        validate(each, value.get(i), place + "[" + i + "]", problems);
      }
    }
  }
}
