package io.heddle.planted;

import io.heddle.planted.DetectionCampaign.Row;
import io.heddle.planted.Plant.Catalogue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code docs/DETECTION.md}, as a campaign has measured it. */
final class DetectionDocument {
  static final String COMMAND = "property-tests/campaign detection --document docs/DETECTION.md";

  private final List<Row> rows;
  private final double seconds;

  DetectionDocument(List<Row> rows, double seconds) {
    this.rows = rows;
    this.seconds = seconds;
  }

  String text() {
    List<Row> killed = rows.stream().filter(Row::isKilled).toList();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Detection

        Versions of the engine with one mistake each, and how they are found: by which seed of their
        trial, from 1 on, in what time (on two cores, the compilation included), and what is broken
        first. A *calm* run has one member, no faults and no work that fails; what passes five of those is
        found only because something goes wrong. The mistakes stand in
        `property-tests/src/test/resources/planted`, one file each; where others made them first is in [HAZARDS.md](HAZARDS.md).

        ```sh
        """);
    text.append(COMMAND).append("\n```\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%d planted, %d found within a minute each, %d not; median %.2f s; %d pass calm runs;"
                + " all in %.0f s.%n%n",
            rows.size(),
            killed.size(),
            rows.size() - killed.size(),
            Medians.of(killed.stream().map(Row::seconds).toList()),
            rows.stream().filter(Row::passesCalm).count(),
            seconds));
    text.append("| plant | what it does | from | trial | found by | seed | s | calm |\n");
    text.append("| --- | --- | --- | --- | --- | ---: | ---: | --- |\n");
    for (Row row : rows) {
      Plant plant = row.plant();
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | %s | %s | %d | %.2f | %s |%n",
              plant.name(),
              plant.mistake(),
              origins(plant),
              plant.trial(),
              row.isKilled() ? row.broken().get(0) : "**survives**",
              row.seed(),
              row.seconds(),
              row.passesCalm() ? "passes" : "fails"));
    }
    return text.toString();
  }

  private static String origins(Plant plant) {
    return plant.origins().stream()
        .filter(origin -> origin.catalogue() != Catalogue.OWN)
        .map(origin -> origin.catalogue().name().toLowerCase(Locale.ROOT) + " " + origin.place())
        .collect(Collectors.joining(", "));
  }
}
