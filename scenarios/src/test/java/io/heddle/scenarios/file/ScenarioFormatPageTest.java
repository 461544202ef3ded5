package io.heddle.scenarios.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFormatPageTest {
  private static final String WRITE = "heddle.scenarios.write";
  private static final String COMMAND =
      "mvn -pl scenarios -am test -Dtest=ScenarioFormatPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE
          + "=true";
  private static final Path PAGE = Path.of("..", "docs", "SCENARIOS.md");
  private static final String REFERENCE = "## Reference\n";
  private static final Pattern EXAMPLE =
      Pattern.compile("```(yaml|csv)\n# file: (\\S+)\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory = Path.of("");

  @Test
  void theReferenceSaysWhatTheSchemaSays() throws IOException {
    JsonSchema schema = new JsonSchema(new ObjectMapper().readTree(ScenarioSchema.json()));
    String reference = new FormatReference(schema).text();
    String page = Files.readString(PAGE);
    if (Boolean.getBoolean(WRITE)) {
      int start = page.indexOf(REFERENCE);
      page = (start < 0 ? page : page.substring(0, start)) + reference;
      Files.writeString(PAGE, page);
    }

    assertThat(page.substring(Math.max(0, page.indexOf(REFERENCE))))
        .as("docs/SCENARIOS.md is out of date, write it anew: %s", COMMAND)
        .isEqualTo(reference);
  }

  @Test
  void everyExampleIsRead() throws IOException {
    Map<String, String> examples = examples();
    for (Map.Entry<String, String> example : examples.entrySet()) {
      Files.writeString(directory.resolve(example.getKey()), example.getValue());
    }

    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    for (Map.Entry<String, String> example : examples.entrySet()) {
      if (example.getValue().startsWith("scenario: ")) {
        Path file = directory.resolve(example.getKey());
        assertThat(ScenarioReader.read(file).name() + ".yaml").isEqualTo(example.getKey());
      }
    }
  }

  @Test
  void theExampleOfAMistakeIsWhatIsSaid() throws IOException {
    String small = String.valueOf(examples().get("small.yaml")).replace("members:", "membres:");
    String message = "";
    try {
      ScenarioReader.read("small.yaml", ("# file: small.yaml\n" + small).getBytes(UTF_8));
    } catch (ScenarioException refused) {
      message = String.valueOf(refused.getMessage());
    }

    assertThat(message).isNotEmpty();
    assertThat(Files.readString(PAGE)).contains("\n" + message + "\n");
  }

  private static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
    while (example.find()) {
      examples.put(example.group(2), example.group(3));
    }
    return examples;
  }
}
