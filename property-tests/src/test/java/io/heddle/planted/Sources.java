package io.heddle.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sources that plants change. They themselves stay as they are. */
final class Sources {
  private static final String PROPERTY = "heddle.root";

  private Sources() {}

  /** The folder of all modules: the one that the launcher names, or the nearest above. */
  static Path root() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("engine/src/main"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no modules above " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  /**
   * The files that a plant changes, by their paths below the root, as it changes them.
   *
   * @throws IllegalStateException if what it replaces is not there, or more than once
   */
  static Map<String, String> changed(Plant plant) {
    Map<String, String> changed = new LinkedHashMap<>();
    for (Plant.Edit edit : plant.edits()) {
      String before = changed.computeIfAbsent(edit.file(), Sources::text);
      changed.put(edit.file(), apply(plant.name(), edit, before));
    }
    return changed;
  }

  private static String text(String file) {
    try {
      return Files.readString(root().resolve(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String apply(String name, Plant.Edit edit, String text) {
    Matcher matcher = pattern(edit.old()).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(
          "%s: %s does not have what is to be replaced:%n%s"
              .formatted(name, edit.file(), edit.old()));
    }
    String after =
        text.substring(0, matcher.start()) + edit.replacement() + text.substring(matcher.end());
    if (matcher.find()) {
      throw new IllegalStateException(
          "%s: %s has what is to be replaced more than once:%n%s"
              .formatted(name, edit.file(), edit.old()));
    }
    return after;
  }

  /** The formatter may have broken the lines anew. */
  private static Pattern pattern(String old) {
    return Pattern.compile(
        Arrays.stream(old.split("\\s+", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+")));
  }
}
