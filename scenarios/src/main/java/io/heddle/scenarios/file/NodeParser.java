package io.heddle.scenarios.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.heddle.scenarios.file.Node.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the text of a file into nodes. Of YAML it takes mappings, lists and scalars, in one
 * document; what would let a file mean more than it shows (anchors, aliases, tags) is refused. Not
 * thread-safe.
 */
final class NodeParser {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final Pattern INSIDE =
      Pattern.compile("[a-z]+\\.[a-z]+\\.|[A-Za-z]\\(\\)|[a-z][A-Z]");
  private static final Pattern PLACE =
      Pattern.compile(" in '?reader'?, line ([0-9]{1,9}), column ([0-9]{1,9}):");
  private static final int DEEPEST = 16;
  private static final int LONGEST_KEY = 256;
  private static final int LONGEST_SCALAR = 10_000;

  private final String file;
  private final String least;
  private final int[] characters;
  private final YAMLParser parser;

  private NodeParser(String file, String text, String least, YAMLParser parser) {
    this.file = file;
    this.least = least;
    this.characters = text.codePoints().toArray();
    this.parser = parser;
  }

  /**
   * The one document of the text.
   *
   * @param least what a file needs that is empty
   */
  static Node parse(String file, String text, String least) {
    try (YAMLParser parser = YAML.createParser(text)) {
      return new NodeParser(file, text, least, parser).document();
    } catch (JsonProcessingException notYaml) {
      throw notYaml(file, notYaml);
    } catch (IOException impossible) {
      throw new AssertionError("text in memory cannot fail to be read", impossible);
    }
  }

  private Node document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw ScenarioException.in(file, "the file is empty; " + least);
    }
    Node node = node(first, "", 0);
    if (parser.nextToken() != null) {
      throw here("").failAs("the file", "must hold one document, but a second one starts here");
    }
    return node;
  }

  private Node node(JsonToken token, String path, int depth) throws IOException {
    Place place = here(path);
    if (parser.isCurrentAlias()) {
      throw place.fail("is an alias (*" + parser.getText() + "); aliases are not taken");
    }
    refuseAnchor(place);
    if (parser.getTypeId() != null) {
      throw place.fail("has a tag; tags are not taken");
    }
    if (depth > DEEPEST) {
      throw place.fail("is nested more than " + DEEPEST + " levels deep");
    }
    return switch (token) {
      case START_OBJECT -> mapping(place, depth);
      case START_ARRAY -> sequence(place, depth);
      default -> scalar(place, token);
    };
  }

  private Node.Mapping mapping(Place place, int depth) throws IOException {
    List<Node.Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String path = place.path().isEmpty() ? key : place.path() + "." + key;
      Place keyPlace = here(path);
      if (key.length() > LONGEST_KEY) {
        throw keyPlace.failAs("the key", "is longer than " + LONGEST_KEY + " characters");
      }
      refuseAnchor(keyPlace);
      if (!seen.add(key)) {
        throw keyPlace.fail("is given twice");
      }
      entries.add(new Node.Entry(key, keyPlace, node(parser.nextToken(), path, depth + 1)));
    }
    return new Node.Mapping(place, entries);
  }

  private Node.Sequence sequence(Place place, int depth) throws IOException {
    List<Node> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(token, place.path() + "[" + items.size() + "]", depth + 1));
    }
    return new Node.Sequence(place, items);
  }

  private Node.Scalar scalar(Place place, JsonToken token) throws IOException {
    String text = parser.getText();
    if (text.length() > LONGEST_SCALAR) {
      throw place.fail("is longer than " + LONGEST_SCALAR + " characters");
    }
    Node.Form form =
        switch (token) {
          case VALUE_NULL -> Node.Form.NOTHING;
          case VALUE_TRUE, VALUE_FALSE -> Node.Form.FLAG;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Node.Form.NUMBER;
          default -> Node.Form.TEXT;
        };
    return new Node.Scalar(place, text, form);
  }

  /** The parser does not tell of the anchors of scalars, but says that they start with them. */
  private void refuseAnchor(Place place) throws IOException {
    long start = parser.currentTokenLocation().getCharOffset();
    boolean ampersand = start >= 0 && start < characters.length && characters[(int) start] == '&';
    if (ampersand) {
      throw anchor(place, wordFrom((int) start + 1));
    }
    if (parser.getObjectId() != null) {
      throw anchor(place, parser.getObjectId());
    }
  }

  private static ScenarioException anchor(Place place, String name) {
    return place.fail("has an anchor (&" + name + "); anchors are not taken");
  }

  private String wordFrom(int start) {
    int end = start;
    while (end < characters.length && " \t\r\n,[]{}".indexOf(characters[end]) < 0) {
      end++;
    }
    return new String(characters, start, end - start);
  }

  private Place here(String path) {
    JsonLocation location = parser.currentTokenLocation();
    return new Place(file, path, location.getLineNr(), location.getColumnNr());
  }

  /**
   * The parser's own message spans lines and quotes the file. Of use are its last finding, unless
   * it speaks of the parser's inside, and the place that follows the finding.
   */
  private static ScenarioException notYaml(String file, JsonProcessingException failure) {
    JsonLocation location = failure.getLocation();
    int line = location == null ? 1 : location.getLineNr();
    int column = location == null ? 1 : location.getColumnNr();
    String finding = "";
    for (String part : failure.getOriginalMessage().lines().toList()) {
      Matcher place = PLACE.matcher(part);
      if (place.matches()) {
        line = Integer.parseInt(place.group(1));
        column = Integer.parseInt(place.group(2));
      } else if (!part.isBlank() && !Character.isWhitespace(part.charAt(0))) {
        finding = part;
      }
    }
    if (finding.startsWith("Expected a field name")) {
      finding = "a key must be a single value";
    } else if (finding.isEmpty() || INSIDE.matcher(finding).find()) {
      finding = "it cannot be parsed from here on";
    } else if (!finding.contains("TAB")) {
      finding = finding.replaceFirst("\\. \\(Do not use .* for indentation\\)$", "");
    }
    return ScenarioException.at(
        file, Math.max(1, line), Math.max(1, column), "not YAML: " + finding);
  }
}
