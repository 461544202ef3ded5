package io.heddle.scenarios.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.heddle.scenarios.model.Recorded;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Recorded traffic as a file: a line for each record, in the order in which they are sent. Either
 * comma-separated with the header {@code gap_ms,key,size} and without quotation marks, or JSON
 * objects with {@code gapMs}, {@code key} and {@code size}. Failures name the line. Not
 * thread-safe.
 */
final class TrafficFile {
  /** How a line is written. */
  enum Form {
    CSV,
    JSON_LINES
  }

  private static final String HEADER = "gap_ms,key,size";
  private static final List<String> NAMES = List.of("gapMs", "key", "size");
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");
  private static final Pattern BYTES = Pattern.compile("[0-9]{1,9}");
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Node node;
  private final String name;
  private int line;

  private TrafficFile(Node node, String name) {
    this.node = node;
    this.name = name;
  }

  /** The form of a file of this name. */
  static Optional<Form> form(String name) {
    if (name.endsWith(".csv")) {
      return Optional.of(Form.CSV);
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson")
        ? Optional.of(Form.JSON_LINES)
        : Optional.empty();
  }

  /**
   * The records of a file.
   *
   * @param node that names the file, where failures are reported
   */
  static List<Recorded> read(Node node, String name, Form form, byte[] content) {
    return new TrafficFile(node, name).records(form, content);
  }

  private List<Recorded> records(Form form, byte[] content) {
    List<Recorded> records = new ArrayList<>();
    int from = 0;
    while (from < content.length) {
      line++;
      int end = from;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      String text = text(content, from, end);
      from = end + 1;
      if (form == Form.CSV && line == 1) {
        if (!text.equals(HEADER)) {
          throw fail("must be " + HEADER + ", is " + ScenarioException.quoted(text));
        }
        continue;
      }
      if (records.size() == Recorded.MOST) {
        throw fail("is one record more than the " + Recorded.MOST + " allowed");
      }
      records.add(form == Form.CSV ? separated(text) : json(text));
    }
    if (records.isEmpty()) {
      throw node.fail("names " + ScenarioException.quoted(name) + ", which has no records");
    }
    return List.copyOf(records);
  }

  private String text(byte[] content, int from, int end) {
    int length = end > from && content[end - 1] == '\r' ? end - 1 - from : end - from;
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(content, from, length))
              .toString();
      String plain = line == 1 ? ByteOrderMark.without(text) : text;
      if (plain.isEmpty()) {
        throw fail("is empty");
      }
      return plain;
    } catch (CharacterCodingException notText) {
      throw fail("is not UTF-8");
    }
  }

  private Recorded separated(String text) {
    if (text.indexOf('"') >= 0) {
      throw fail("has a quotation mark; keys that need one can be had from a .jsonl file");
    }
    String[] columns = text.split(",", -1);
    if (columns.length != NAMES.size()) {
      throw fail("must have the 3 columns " + HEADER + ", has " + columns.length);
    }
    return recorded("gap_ms", columns[0], columns[1], columns[2]);
  }

  private Recorded json(String text) {
    Map<String, String> values = new TreeMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw fail("must be a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        if (!NAMES.contains(field)) {
          throw fail(
              "has the unknown field "
                  + ScenarioException.quoted(field)
                  + "; "
                  + Nearest.hint(field, NAMES));
        }
        JsonToken value = parser.nextToken();
        boolean fits = field.equals("key") ? value == JsonToken.VALUE_STRING : value.isNumeric();
        if (!fits) {
          throw fail(field + " must be a " + (field.equals("key") ? "text" : "number"));
        }
        values.put(field, parser.getText());
      }
      if (parser.nextToken() != null) {
        throw fail("must hold one JSON object, but goes on after it");
      }
    } catch (JsonProcessingException notJson) {
      throw fail("is not a JSON object with each of gapMs, key and size once");
    } catch (IOException impossible) {
      throw new AssertionError("text in memory cannot fail to be read", impossible);
    }
    for (String field : NAMES) {
      if (!values.containsKey(field)) {
        throw fail("must have the field " + field);
      }
    }
    return recorded("gapMs", value(values, "gapMs"), value(values, "key"), value(values, "size"));
  }

  private static String value(Map<String, String> values, String field) {
    return String.valueOf(values.get(field));
  }

  private Recorded recorded(String gapName, String gap, String key, String size) {
    if (!MILLIS.matcher(gap).matches()) {
      throw fail(
          gapName
              + " must be milliseconds, with at most 6 digits after the point, was "
              + ScenarioException.quoted(gap));
    }
    if (!BYTES.matcher(size).matches()) {
      throw fail("size must be a whole number of bytes, was " + ScenarioException.quoted(size));
    }
    Duration since = Duration.ofNanos(new BigDecimal(gap).movePointRight(6).longValueExact());
    try {
      return new Recorded(since, key, Integer.parseInt(size));
    } catch (IllegalArgumentException refused) {
      throw fail(String.valueOf(refused.getMessage()));
    }
  }

  private ScenarioException fail(String problem) {
    return node.fail(
        "names " + ScenarioException.quoted(name) + ", and its line " + line + ": " + problem);
  }
}
