package io.heddle.scenarios.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioMistakesTest {
  static final String SMALL =
      """
      scenario: x
      topics: {t: {partitions: 1}}
      produce:
        - {topic: t, count: 10, rate: 10/s}
      """;

  static List<Arguments> mistakes() throws IOException {
    List<Arguments> mistakes = new ArrayList<>();
    StringBuilder file = new StringBuilder();
    for (String line : table().lines().skip(2).toList()) {
      if (line.startsWith("=> ")) {
        mistakes.add(Arguments.of(file.toString(), line.substring(3)));
        file.setLength(0);
      } else if (line.equals("+")) {
        file.append(SMALL);
      } else if (!line.isEmpty() || file.length() > 0) {
        file.append(line).append('\n');
      }
    }
    return mistakes;
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void saysWhatIsWrongAndWhere(String file, String message) {
    assertThat(messageOf(file.getBytes(UTF_8))).isEqualTo(message);
  }

  @Test
  void listsEachMistakeOnce() throws IOException {
    List<Arguments> mistakes = mistakes();

    assertThat(mistakes).hasSizeGreaterThan(150);
    assertThat(new HashSet<>(mistakes.stream().map(each -> each.get()[0]).toList()))
        .hasSameSizeAs(mistakes);
  }

  @Test
  void findsNothingWrongWithTheScenarioThatMistakesAreAddedTo() {
    assertThat(ScenarioReader.read("f.yaml", SMALL.getBytes(UTF_8)).name()).isEqualTo("x");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThat(messageOf(new byte[0]))
        .isEqualTo(
            "f.yaml:1:1: the file is empty; a scenario needs at least scenario, topics and produce");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] file = "scenario: x\ntitle: caf?\n".getBytes(UTF_8);
    file[file.length - 2] = (byte) 0xE9;

    assertThat(messageOf(file)).isEqualTo("f.yaml:2:11: not UTF-8: byte 0xe9");
  }

  @Test
  void refusesACharacterThatIsCutOffAtTheEnd() {
    assertThat(messageOf(new byte[] {'a', (byte) 0xC3}))
        .isEqualTo("f.yaml:1:2: not UTF-8: byte 0xc3");
  }

  @Test
  void refusesControlCharacters() {
    assertThat(messageOf("scenario: x\ntitle: a\0b\n".getBytes(UTF_8)))
        .isEqualTo("f.yaml:2:9: the character U+0000 may not be in a file");
  }

  @Test
  void refusesTabsForIndentation() {
    assertThat(messageOf("scenario: x\n\ttitle: a\n".getBytes(UTF_8)))
        .startsWith("f.yaml:2:1: not YAML: found character '\\t(TAB)'");
  }

  @Test
  void refusesAValueThatIsTooLong() {
    assertThat(messageOf((SMALL + "title: " + "a".repeat(10_001) + "\n").getBytes(UTF_8)))
        .isEqualTo("f.yaml:5:8: title is longer than 10000 characters");
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    assertThat(messageOf(("a".repeat(257) + ": b\n").getBytes(UTF_8)))
        .isEqualTo("f.yaml:1:1: the key is longer than 256 characters");
  }

  @Test
  void refusesAKeyThatIsFarTooLongWithoutAWordOfTheParser() {
    assertThat(messageOf(("? " + "a".repeat(60_000) + "\n: b\n").getBytes(UTF_8)))
        .matches("f.yaml:\\d+:\\d+: (the key is longer than 256 characters|not YAML: .* here on)");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(messageOf("[".repeat(100_000).getBytes(UTF_8)))
        .startsWith("f.yaml:1:18: [0][0]")
        .endsWith(" is nested more than 16 levels deep");
  }

  @Test
  void cutsLongValuesInMessages() {
    assertThat(messageOf((SMALL + "seed: " + "a".repeat(500) + "\n").getBytes(UTF_8)))
        .hasSizeLessThan(200)
        .contains("aaa…'");
  }

  @Test
  void keepsAMessageOnOneLineWhateverTheFileSays() {
    String message = messageOf((SMALL + "\"a\\nb\\u2028\": c\n").getBytes(UTF_8));

    assertThat(message).startsWith("f.yaml:5:1: unknown field 'a\\u000ab\\u2028'; known: ");
    assertThat(message.lines()).hasSize(1);
  }

  /** Damages a correct file in many places; whatever comes of it, it is a scenario or a message. */
  @Test
  void staysWithinItsOwnWordsForAnyDamage() {
    String whole = ScenarioWriter.write(ScenarioLibrary.load("quickstart"));
    for (int i = 0; i < whole.length(); i += 17) {
      for (String damage : List.of("", "[", "\"", ": ", "&", "*", "!", "\n", "9", "|", "é")) {
        String damaged = whole.substring(0, i) + damage + whole.substring(i + 1);
        try {
          ScenarioReader.read("f.yaml", damaged.getBytes(UTF_8));
        } catch (ScenarioException refused) {
          assertThat(refused)
              .hasMessageMatching("f\\.yaml:[1-9][0-9]*:[1-9][0-9]*: \\S.*")
              .message()
              .doesNotContain("snakeyaml", "fasterxml", "java", "Exception", "Constraints");
        }
      }
    }
  }

  private static String messageOf(byte[] file) {
    ScenarioException refused =
        catchThrowableOfType(ScenarioException.class, () -> ScenarioReader.read("f.yaml", file));
    return String.valueOf(refused == null ? "nothing was refused" : refused.getMessage());
  }

  private static String table() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ScenarioMistakesTest.class.getResourceAsStream("mistakes.txt"))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
