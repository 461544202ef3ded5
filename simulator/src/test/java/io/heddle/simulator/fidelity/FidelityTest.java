package io.heddle.simulator.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.protocol.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FidelityTest {
  private static final String WRITE = "heddle.fidelity.write";
  private static final String COMMAND =
      "mvn -pl simulator test -Dtest=FidelityTest -D" + WRITE + "=true";
  private static final Path DOCUMENT = Path.of("..", "docs", "FIDELITY.md");
  private static final Path SOURCES = Path.of("src/main/java/io/heddle/simulator");
  private static final String SETTINGS = "UnmodelledSettings.java";
  private static final int WIDTH = 104;

  /** From here on, property-tests have made the page. */
  private static final String NEXT = "\n## Explained differences\n";

  private static String document() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Fidelity\n\n");
    paragraph(
        text,
        "What the simulated Kafka models and what not, as its sources say it. A test makes this"
            + " page and fails when it is out of date; `"
            + COMMAND
            + "` writes it anew.",
        "");
    text.append("\n## Requests\n");
    for (ApiKey api : ApiKey.values()) {
      Path handler = SOURCES.resolve("broker").resolve(api.title() + "Api.java");
      HandlerNotes notes = HandlerNotes.of(Files.readString(handler));
      text.append("\n### ").append(api.title()).append("\n\n");
      paragraph(text, notes.summary(), "");
      text.append('\n');
      paragraph(text, "- **Models:** " + notes.models(), "  ");
      paragraph(text, "- **Does not model:** " + notes.lacks(), "  ");
    }
    text.append("\n## Clients\n\n");
    paragraph(
        text,
        "These are refused with an `UnsupportedOperationException` that has the name; `…` stands"
            + " for a part that the call decides.",
        "");
    text.append('\n');
    paragraph(text, AdminShare.sentence(), "");
    Refusals.of(clients())
        .forEach(
            (client, names) -> {
              text.append("\n### ").append(client).append("\n\n");
              names.forEach(name -> text.append("- `").append(name).append("`\n"));
            });
    metrics(text);
    settings(text);
    return text.toString();
  }

  private static void metrics(StringBuilder text) throws IOException {
    text.append("\n### Metrics\n\n");
    paragraph(
        text,
        "`metrics()` has Kafka's names, tags and descriptions, and values that are read when they"
            + " are asked for. What is not modelled is not in the map. Metrics that the application"
            + " registers for a subscription go nowhere, as no broker subscribes to any.",
        "");
    for (String client : List.of("Client", "Consumer", "Producer")) {
      Path source = SOURCES.resolve("client").resolve(client + "Metrics.java");
      HandlerNotes notes = HandlerNotes.of(Files.readString(source));
      text.append('\n');
      paragraph(text, notes.summary(), "");
      text.append('\n');
      paragraph(text, "- **Models:** " + notes.models(), "  ");
      paragraph(text, "- **Does not model:** " + notes.lacks(), "  ");
    }
  }

  private static void settings(StringBuilder text) throws IOException {
    String source = Files.readString(SOURCES.resolve("client").resolve(SETTINGS));
    SettingNotes notes = SettingNotes.of(source);
    text.append("\n### Settings\n\n");
    paragraph(
        text,
        "A client that has one of these at something else than its default is refused, by name;"
            + " all other settings of kafka-clients are as they are there:",
        "");
    text.append('\n');
    notes.refused().forEach((name, why) -> paragraph(text, "- `" + name + "`: " + why, "  "));
    text.append('\n');
    paragraph(text, "or make no difference, as `ssl.*`, `sasl.*` and:", "");
    text.append('\n');
    notes.withoutEffect().forEach((name, why) -> paragraph(text, "- `" + name + "`: " + why, "  "));
  }

  private static Map<String, String> clients() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.list(SOURCES.resolve("client"))) {
      for (Path file : files.filter(file -> !file.endsWith(SETTINGS)).toList()) {
        sources.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return sources;
  }

  private static void paragraph(StringBuilder text, String words, String indent) {
    int column = 0;
    for (String word : words.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(indent);
        column = indent.length();
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    text.append('\n');
  }

  @Test
  void theDocumentSaysWhatTheSourcesSay() throws IOException {
    String document = document();
    String present = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
    int next = present.indexOf(NEXT);
    if (Boolean.getBoolean(WRITE)) {
      present = document + (next < 0 ? "" : present.substring(next));
      Files.writeString(DOCUMENT, present);
      next = present.indexOf(NEXT);
    }

    assertThat(DOCUMENT).as("docs/FIDELITY.md is not there, write it: %s", COMMAND).exists();
    assertThat(next < 0 ? present : present.substring(0, next))
        .as("docs/FIDELITY.md is out of date, write it anew: %s", COMMAND)
        .isEqualTo(document);
  }

  @Test
  void theParagraphsOfAHandlerAreReadAsText() {
    HandlerNotes notes =
        HandlerNotes.of(
            """
            /**
             * Reads {@code x}
             * and y.
             *
             * <p>Models: one,
             * two &lt; three.
             *
             * <p>Does not model: {@link Four}.
             */
            final class ReadApi {}
            """);

    assertThat(notes)
        .isEqualTo(new HandlerNotes("Reads `x` and y.", "one, two < three.", "`Four`."));
  }

  @Test
  void aHandlerThatDoesNotSayWhatItLacksIsNoticed() {
    assertThatThrownBy(() -> HandlerNotes.of("/** Reads.\n * <p>Models: all. */"))
        .hasMessageContaining("Does not model: ");
  }

  @Test
  void refusalsAreNamedAsTheyAreThrown() {
    String source =
        """
        throw Refusal.notModelled("Consumer.enforce(now, later)");
        throw Refusal.notModelled(
            ConsumerConfig.GROUP_PROTOCOL_CONFIG + "=consumer");
        default -> throw Refusal.notModelled("OffsetSpec." + spec.getClass().getName());
        """;

    assertThat(Refusals.of(Map.of("AdminThings.java", source)))
        .isEqualTo(
            Map.of(
                "Consumer",
                Set.of("Consumer.enforce(now, later)", "group.protocol=consumer"),
                "Admin",
                Set.of("OffsetSpec.…")));
  }
}
