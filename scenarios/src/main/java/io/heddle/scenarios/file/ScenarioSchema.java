package io.heddle.scenarios.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of scenario files as a JSON Schema (draft 2020-12), for editors. It knows every field
 * that the reader knows, and no other; rules that tie one field to another are the reader's alone.
 */
public final class ScenarioSchema {
  private ScenarioSchema() {}

  /** The schema; lines end with a line feed, the last one too. */
  public static String json() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A scenario of Heddle");
    schema.putAll(Tables.SCENARIO.shape());
    Map<String, Object> definitions = new LinkedHashMap<>();
    definitions.put("duration-law", law(Shapes.duration()));
    definitions.put("size-law", law(Shapes.bytes()));
    schema.put("$defs", definitions);
    return written(schema);
  }

  private static Map<String, Object> law(Map<String, Object> value) {
    return Shapes.anyOf(value, Tables.law(value).shape());
  }

  private static String written(Object schema) {
    StringWriter text = new StringWriter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
      write(json, schema);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }
}
