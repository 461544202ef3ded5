package io.heddle.planted;

import io.heddle.planted.Plant.Catalogue;
import io.heddle.planted.Plant.Edit;
import io.heddle.planted.Plant.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the files in which plants are written: a head of {@code name: value} lines, then edits. An
 * edit begins with {@code @@ FILE}; what is old and what is new are parted by a line {@code ==>}. A
 * file without a slash is one of the engine's main package.
 */
final class PlantReader {
  private static final String ENGINE = "engine/src/main/java/io/heddle/engine/";
  private static final Set<String> FIELDS = Set.of("mistake", "origin", "trial", "breaks", "seeds");
  private static final String EDIT = "@@ ";
  private static final String INTO = "==>";

  private PlantReader() {}

  static Plant read(String name, String text) {
    Map<String, String> head = new LinkedHashMap<>();
    List<Edit> edits = new ArrayList<>();
    List<String> lines = text.lines().toList();
    int at = 0;
    while (at < lines.size() && !lines.get(at).startsWith(EDIT)) {
      String line = lines.get(at++);
      if (!line.isBlank()) {
        int colon = line.indexOf(": ");
        String field = colon < 0 ? line : line.substring(0, colon);
        require(FIELDS.contains(field), name, "unknown field '" + field + "'");
        require(head.put(field, line.substring(colon + 2).strip()) == null, name, field + " twice");
      }
    }
    while (at < lines.size()) {
      String file = lines.get(at++).substring(EDIT.length()).strip();
      StringBuilder old = new StringBuilder();
      StringBuilder replacement = new StringBuilder();
      StringBuilder part = old;
      while (at < lines.size() && !lines.get(at).startsWith(EDIT)) {
        String line = lines.get(at++);
        if (line.equals(INTO)) {
          part = replacement;
        } else {
          part.append(line).append('\n');
        }
      }
      require(part == replacement, name, "an edit of " + file + " without '" + INTO + "'");
      require(!old.toString().isBlank(), name, "an edit of " + file + " that replaces nothing");
      edits.add(
          new Edit(
              file.indexOf('/') < 0 ? ENGINE + file : file,
              old.toString().strip(),
              replacement.toString().strip()));
    }
    require(!edits.isEmpty(), name, "no edit");
    return new Plant(
        name,
        field(head, name, "mistake"),
        origins(name, field(head, name, "origin")),
        field(head, name, "trial"),
        field(head, name, "breaks"),
        Long.parseLong(head.getOrDefault("seeds", "20")),
        edits);
  }

  private static String field(Map<String, String> head, String name, String field) {
    return Optional.ofNullable(head.get(field))
        .orElseThrow(() -> new IllegalArgumentException(name + ": no " + field));
  }

  private static List<Origin> origins(String name, String text) {
    List<Origin> origins = new ArrayList<>();
    for (String origin : text.split(", ", -1)) {
      String[] words = origin.split(" ", 2);
      Catalogue catalogue = Catalogue.valueOf(words[0].toUpperCase(Locale.ROOT));
      require(
          (words.length == 1) == (catalogue == Catalogue.OWN), name, "no origin: '" + origin + "'");
      origins.add(new Origin(catalogue, words.length == 1 ? "" : words[1]));
    }
    return origins;
  }

  private static void require(boolean holds, String name, String broken) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + broken);
    }
  }
}
