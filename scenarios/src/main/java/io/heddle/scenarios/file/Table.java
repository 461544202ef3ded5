package io.heddle.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a mapping of the format may hold. The reader takes from it which fields it knows, and the
 * schema is made of it.
 *
 * @param fields in the order in which messages list them
 * @param notYet fields that are refused for now, by name
 * @param rules what the schema says of the mapping beside its fields
 */
record Table(List<Field> fields, List<String> notYet, Map<String, Object> rules) {
  /**
   * A field.
   *
   * @param shape a schema of its values
   */
  record Field(String name, boolean required, String description, Map<String, Object> shape) {}

  static Table empty() {
    return new Table(List.of(), List.of(), Map.of());
  }

  /** With one more field, which can be left out. */
  Table may(String name, Map<String, Object> shape, String description) {
    return with(new Field(name, false, description, shape));
  }

  /** With one more field, which has to be given. */
  Table must(String name, Map<String, Object> shape, String description) {
    return with(new Field(name, true, description, shape));
  }

  /** Refusing these by name. */
  Table notYet(String... names) {
    return new Table(fields, List.of(names), rules);
  }

  /** With exactly one of these. */
  Table one(String... names) {
    List<Object> choices = new ArrayList<>();
    for (String name : names) {
      choices.add(Map.of("required", List.of(name)));
    }
    return new Table(fields, notYet, Map.of("oneOf", choices));
  }

  /**
   * With exactly one of {@code names}, or with {@code other}; that one can be beside those in
   * {@code beside} too, where it means something else.
   */
  Table oneWithout(String other, List<String> beside, String... names) {
    List<Object> choices = new ArrayList<>();
    for (String name : names) {
      choices.add(
          beside.contains(name)
              ? Map.of("required", List.of(name))
              : Map.of("required", List.of(name), "not", Map.of("required", List.of(other))));
    }
    List<Object> none = new ArrayList<>();
    for (String name : names) {
      none.add(Map.of("required", List.of(name)));
    }
    Map<String, Object> alone = new LinkedHashMap<>();
    alone.put("required", List.of(other));
    alone.put("not", Map.of("anyOf", none));
    choices.add(alone);
    return new Table(fields, notYet, Map.of("oneOf", choices));
  }

  /** With all of these, or else with {@code other}, which can stand for them. */
  Table allOr(String other, String... names) {
    List<Object> choices =
        List.of(Map.of("required", List.of(names)), Map.of("required", List.of(other)));
    return new Table(fields, notYet, Map.of("anyOf", choices));
  }

  List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** The schema of the mapping. */
  Map<String, Object> shape() {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Field field : fields) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", field.description());
      property.putAll(field.shape());
      properties.put(field.name(), property);
      if (field.required()) {
        required.add(field.name());
      }
    }
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("type", "object");
    shape.put("properties", properties);
    if (!required.isEmpty()) {
      shape.put("required", required);
    }
    shape.putAll(rules);
    shape.put("additionalProperties", false);
    return shape;
  }

  private Table with(Field field) {
    List<Field> more = new ArrayList<>(fields);
    more.add(field);
    return new Table(List.copyOf(more), notYet, rules);
  }
}
