package io.heddle.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.planted.Plant.Catalogue;
import io.heddle.planted.Plant.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Makes {@code docs/HAZARDS.md} and holds it true. */
class HazardsDocumentTest {
  private static final String WRITE = "heddle.hazards.write";
  private static final String COMMAND =
      "mvn -pl property-tests -am test -Dtest=HazardsDocumentTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE
          + "=true";
  private static final Path DOCUMENT = Sources.root().resolve("docs/HAZARDS.md");

  /** What others had, in the order of the list. */
  private static Map<Origin, String> catalogue() {
    try (InputStream in = HazardsDocumentTest.class.getResourceAsStream("/planted/catalogue.txt")) {
      Map<Origin, String> entries = new LinkedHashMap<>();
      new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" \\| ", 2))
          .forEach(parts -> entries.put(origin(parts[0]), parts[1]));
      return entries;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Origin origin(String text) {
    String[] words = text.split(" ", 2);
    return new Origin(Catalogue.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1]);
  }

  private static String name(Origin origin) {
    return origin.catalogue().name().toLowerCase(Locale.ROOT) + " " + origin.place();
  }

  private static String document() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Hazards

        What went wrong in other engines, and the test that keeps it out of this one. `gkes` is
        aws/go-kafka-event-source, `peers` are Confluent's Parallel Consumer with its fork, Decaton and
        kpipe, `seed` is the document that the engine follows. For each there is a planted version of
        the engine that has the mistake (`property-tests/src/test/resources/planted`): the test
        `PlantedBugsTest` tries it and has to see the invariant broken, and has to see the engine itself
        pass the same run. The test's name is the plant's.

        A test makes this page and fails when it is out of date; this writes it anew:

        ```sh
        """);
    text.append(COMMAND).append("\n```\n\n");
    text.append(
        "| hazard | | test and plant | broken | in the trial |\n| --- | --- | --- | --- | --- |\n");
    List<Plant> plants = Plants.all();
    catalogue()
        .forEach(
            (origin, what) ->
                plants.stream()
                    .filter(plant -> plant.origins().contains(origin))
                    .forEach(
                        plant ->
                            text.append(
                                "| %s | %s | `%s` | %s | %s |%n"
                                    .formatted(
                                        name(origin),
                                        what,
                                        plant.name(),
                                        plant.breaks(),
                                        plant.trial()))));
    return text.toString();
  }

  @Test
  void thePageSaysWhatIsPlanted() throws IOException {
    String document = document();
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(DOCUMENT, document);
    }

    assertThat(DOCUMENT).as("docs/HAZARDS.md is not there, write it: %s", COMMAND).exists();
    assertThat(Files.readString(DOCUMENT))
        .as("docs/HAZARDS.md is out of date, write it anew: %s", COMMAND)
        .isEqualTo(document);
  }

  @Test
  void everyPlantComesFromAPlaceThatIsListed() {
    Map<Origin, String> listed = catalogue();

    assertThat(Plants.all())
        .allSatisfy(
            plant ->
                assertThat(plant.origins())
                    .allSatisfy(
                        origin ->
                            assertThat(
                                    listed.containsKey(origin)
                                        || origin.catalogue() == Catalogue.OWN)
                                .as("%s of %s", origin, plant.name())
                                .isTrue()));
  }
}
