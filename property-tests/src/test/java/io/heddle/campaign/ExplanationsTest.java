package io.heddle.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExplanationsTest {
  private static final String HEADING = "\n## Explained differences\n";
  private static final String WRITE = "heddle.fidelity.write";
  private static final String COMMAND =
      "mvn -pl property-tests -am test -Dtest=ExplanationsTest -D"
          + WRITE
          + "=true -Dsurefire.failIfNoSpecifiedTests=false";
  private static final Path DOCUMENT = Path.of("..", "docs", "FIDELITY.md");
  private static final int WIDTH = 104;

  private static String section() {
    StringBuilder text = new StringBuilder(HEADING).append('\n');
    text.append(
        fold(
            "What `property-tests/campaign group` and `property-tests/campaign clients` let pass: on"
                + " the API named, only in the situation named, and only as the named test shows it on"
                + " both sides. `"
                + COMMAND
                + "` writes this section anew.",
            ""));
    for (Explanation each : Explanations.all()) {
      text.append("\n- **").append(each.api()).append(".** ");
      int lead = each.api().length() + 9;
      String words = each.when() + " " + each.why() + " Test: `" + each.test() + "`.";
      text.append(fold("x".repeat(lead) + " " + words, "  ").substring(lead + 1));
    }
    return text.toString();
  }

  private static String fold(String words, String indent) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : words.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(indent);
        column = indent.length();
      } else if (text.length() > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    return text.append('\n').toString();
  }

  @Test
  void theDocumentListsThem() throws IOException {
    String document = Files.readString(DOCUMENT);
    int start = document.indexOf(HEADING);
    if (Boolean.getBoolean(WRITE)) {
      document = (start < 0 ? document : document.substring(0, start)) + section();
      Files.writeString(DOCUMENT, document);
      start = document.indexOf(HEADING);
    }

    assertThat(start).as("docs/FIDELITY.md has no such section: %s", COMMAND).isNotNegative();
    assertThat(document.substring(start))
        .as("docs/FIDELITY.md is out of date, write it anew: %s", COMMAND)
        .isEqualTo(section());
  }

  @Test
  void thereAreFew() {
    assertThat(Explanations.all()).hasSizeLessThanOrEqualTo(Explanations.MOST);
  }

  @Test
  void eachHasItsTest() throws IOException {
    Path tests = Path.of("src/test/java/io/heddle");
    for (Explanation each : Explanations.all()) {
      String[] names = each.test().split("\\.", -1);
      assertThat(names).as(each.test()).hasSize(2);
      try (var files = Files.walk(tests)) {
        Path file =
            files
                .filter(it -> it.endsWith(names[0] + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + each.test()));
        assertThat(Arrays.asList(Files.readString(file).split("\\W+", -1)))
            .as(each.test())
            .contains(names[1]);
      }
    }
  }
}
