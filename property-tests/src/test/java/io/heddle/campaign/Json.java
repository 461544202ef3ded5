package io.heddle.campaign;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes figures as one JSON object on one line. */
final class Json {
  private Json() {}

  static String of(Map<String, Object> figures) {
    return object(figures);
  }

  private static String object(Map<?, ?> figures) {
    return figures.entrySet().stream()
        .map(entry -> text(String.valueOf(entry.getKey())) + ": " + value(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String value(Object value) {
    if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return String.format(Locale.ROOT, "%.3f", number);
    }
    if (value instanceof String word) {
      return text(word);
    }
    if (value instanceof Map<?, ?> object) {
      return object(object);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Json::value).collect(Collectors.joining(", ", "[", "]"));
    }
    throw new IllegalArgumentException("no figure: " + value);
  }

  private static String text(String word) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < word.length(); i++) {
      char each = word.charAt(i);
      if (each == '"' || each == '\\') {
        json.append('\\').append(each);
      } else if (each < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
      } else {
        json.append(each);
      }
    }
    return json.append('"').toString();
  }
}
