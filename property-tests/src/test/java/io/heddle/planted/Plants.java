package io.heddle.planted;

import io.heddle.scenarios.file.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** All plants there are. */
final class Plants {
  private static final String SUFFIX = ".plant";

  private Plants() {}

  /** In the order of their names. */
  static List<Plant> all() {
    URL folder = Objects.requireNonNull(Plants.class.getResource("/planted"), "no plants");
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(Plants::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (URISyntaxException noFile) {
      throw new IllegalStateException("the plants are in no folder: " + folder, noFile);
    }
  }

  /** What to say of a name that no plant has. */
  static String unknown(String name) {
    return "no plant '"
        + name
        + "'"
        + Nearest.to(name, all().stream().map(Plant::name).toList())
            .map(near -> "; did you mean '" + near + "'?")
            .orElse("; see docs/DETECTION.md");
  }

  private static Plant read(Path file) {
    String name = file.getFileName().toString();
    try {
      return PlantReader.read(
          name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
