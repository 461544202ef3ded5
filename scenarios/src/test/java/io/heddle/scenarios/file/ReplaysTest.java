package io.heddle.scenarios.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Recorded;
import io.heddle.scenarios.model.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaysTest {
  private static final List<Recorded> TRAFFIC =
      List.of(
          new Recorded(Duration.ZERO, "a", 100),
          new Recorded(Duration.ofNanos(12_500_001), "Straße 7", 0),
          new Recorded(Duration.ofSeconds(1), "a", 1_000_000));

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t.csv|gap_ms,key,size\\n0,a,100\\n12.500001,Straße 7,0\\n1000,a,1000000\\n",
        "t.csv|\uFEFFgap_ms,key,size\\r\\n0,a,100\\r\\n12.500001,Straße 7,0\\r\\n1000,a,1000000",
        "t.jsonl|{'gapMs':0,'key':'a','size':100}\\n"
            + "{'size':0, 'key':'Stra\\\\u00dfe 7', 'gapMs':12.500001}\\n"
            + "{'gapMs':1000,'key':'a','size':1000000}",
        "below/t.ndjson|{'gapMs':0,'key':'a','size':100}\\n"
            + "{'gapMs':12.500001,'key':'Straße 7','size':0}\\n"
            + "{'gapMs':1000,'key':'a','size':1000000}\\n",
      },
      quoteCharacter = '`')
  void readsTheTrafficOfAFileBesideTheScenario(String name, String content) throws IOException {
    Files.createDirectories(directory.resolve("below"));
    Files.writeString(directory.resolve(name), unescaped(content));

    assertThat(traffic(ScenarioReader.read(scenario(name)))).isEqualTo(TRAFFIC);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gap_ms,key\\n0,a,1|line 1: must be gap_ms,key,size, is 'gap_ms,key'",
        "gap_ms,key,size\\n0,a,1\\n0,a|line 3: must have the 3 columns gap_ms,key,size, has 2",
        "gap_ms,key,size\\n0,a,1,2|line 2: must have the 3 columns gap_ms,key,size, has 4",
        "gap_ms,key,size\\n0,a,1\\n\\n0,a,1|line 3: is empty",
        "gap_ms,key,size\\n0,'a,b',1|line 2: has a quotation mark; keys that need one can be had"
            + " from a .jsonl file",
        "gap_ms,key,size\\n-1,a,1|line 2: gap_ms must be milliseconds, with at most 6 digits after"
            + " the point, was '-1'",
        "gap_ms,key,size\\n86400001,a,1|line 2: gap must be at most 24h, was 86400001ms",
        "gap_ms,key,size\\n0,a,1.5|line 2: size must be a whole number of bytes, was '1.5'",
        "gap_ms,key,size\\n0,a,1000001|line 2: size must be at most 1000000, was 1000001",
        "gap_ms,key,size\\n0,,1|line 2: key must have 1 to 128 characters, has 0",
        "gap_ms,key,size\\n0,a\\t,1|line 2: key must be text, but has a control character or half"
            + " of a character",
      })
  void namesTheLineOfATableThatIsWrong(String content, String problem) throws IOException {
    Files.writeString(directory.resolve("t.csv"), unescaped(content));

    assertThat(refusal("t.csv"))
        .endsWith(":3:30: " + "produce[0].replay names 't.csv', and its " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|line 1: must be a JSON object",
        "{'gapMs':0,'key':'a'}|line 1: must have the field size",
        "{'gapMs':0,'key':'a','size':1}\\n{'gapMs':0|line 2: is not a JSON object with each of"
            + " gapMs, key and size once",
        "{'gapMs':0,'gapMs':0,'key':'a','size':1}|line 1: is not a JSON object with each of gapMs,"
            + " key and size once",
        "{'gapMs':0,'key':7,'size':1}|line 1: key must be a text",
        "{'gapMs':'0','key':'a','size':1}|line 1: gapMs must be a number",
        "{'gapMs':0,'key':'a','size':{}}|line 1: size must be a number",
        "{'gapMs':0,'key':'a','size':1} {}|line 1: must hold one JSON object, but goes on after it",
        "{'gapMs':0,'key':'a','sise':1}|line 1: has the unknown field 'sise'; did you mean 'size'?",
        "{'gapMs':0,'key':'\\\\ud800','size':1}|line 1: key must be text, but has a control"
            + " character or half of a character",
      })
  void namesTheLineOfAnObjectThatIsWrong(String content, String problem) throws IOException {
    Files.writeString(directory.resolve("t.jsonl"), unescaped(content));

    assertThat(refusal("t.jsonl")).endsWith("names 't.jsonl', and its " + problem);
  }

  @Test
  void refusesAKeyThatAValueCouldNotName() throws IOException {
    Files.writeString(directory.resolve("t.csv"), "gap_ms,key,size\n0,a|b,1\n");

    assertThat(refusal("t.csv")).endsWith("line 2: key must not have the character '|'");
  }

  @Test
  void refusesAKeyThatIsTooLong() throws IOException {
    Files.writeString(directory.resolve("t.csv"), "gap_ms,key,size\n0," + "k".repeat(129) + ",1\n");

    assertThat(refusal("t.csv")).endsWith("line 2: key must have 1 to 128 characters, has 129");
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    Files.writeString(directory.resolve("t.csv"), "gap_ms,key,size\n0,caf\u00e9,1\n", ISO_8859_1);

    assertThat(refusal("t.csv")).endsWith("line 2: is not UTF-8");
  }

  @Test
  void readsAsManyRecordsAsAreAllowedAndWritesThemSoThatTheyReadBack() throws IOException {
    String most = "gap_ms,key,size\n" + "1.5,k1,100\n".repeat(Recorded.MOST);
    Files.writeString(directory.resolve("t.csv"), most);
    Scenario scenario = ScenarioReader.read(scenario("t.csv"));
    byte[] written = ScenarioWriter.write(scenario).getBytes(UTF_8);

    assertThat(traffic(scenario)).hasSize(Recorded.MOST);
    assertThat(ScenarioReader.read("written.yaml", written)).isEqualTo(scenario);

    Files.writeString(directory.resolve("t.csv"), most + "0,a,1\n");
    assertThat(refusal("t.csv")).endsWith("line 10002: is one record more than the 10000 allowed");
  }

  @Test
  void refusesAFileThatIsTooLargeOrHasNothingInIt() throws IOException {
    Files.writeString(directory.resolve("t.csv"), "x".repeat((1 << 17) + 1));
    assertThat(refusal("t.csv")).endsWith("'t.csv', which has more than the 131072 bytes allowed");

    Files.writeString(directory.resolve("t.csv"), "gap_ms,key,size\n");
    assertThat(refusal("t.csv")).endsWith("names 't.csv', which has no records");

    Files.writeString(directory.resolve("t.csv"), "");
    assertThat(refusal("t.csv")).endsWith("names 't.csv', which has no records");
  }

  @Test
  void looksNowhereButBesideTheScenario() throws IOException {
    Path inside = Files.createDirectories(directory.resolve("inside"));
    Path outside = Files.writeString(directory.resolve("t.csv"), "gap_ms,key,size\n0,a,1\n");
    Files.createSymbolicLink(inside.resolve("link.csv"), outside);
    Files.createSymbolicLink(inside.resolve("up"), directory);
    Files.createDirectory(inside.resolve("folder.csv"));
    Path scenario = inside.resolve("f.yaml");

    assertThat(refusal(scenario, outside.toString()))
        .contains("replay must be relative to the scenario's directory, was '");
    assertThat(refusal(scenario, "../t.csv"))
        .endsWith("must not lead out of the scenario's directory by '..', was '../t.csv'");
    assertThat(refusal(scenario, "link.csv"))
        .endsWith("names 'link.csv', a link that leads out of the scenario's directory");
    assertThat(refusal(scenario, "up/t.csv"))
        .endsWith("names 'up/t.csv', a link that leads out of the scenario's directory");
    assertThat(refusal(scenario, "folder.csv"))
        .endsWith("names 'folder.csv', which is not a regular file");
    assertThat(refusal(scenario, "none.csv"))
        .endsWith("names 'none.csv', but there is no such file beside the scenario");
    assertThat(refusal(scenario, "t.txt"))
        .endsWith("a file that ends in .csv, .jsonl or .ndjson, was 't.txt'");
  }

  @Test
  void hasNoFilesForAScenarioFromMemory() {
    byte[] content = yaml("t.csv").getBytes(UTF_8);

    assertThat(
            catchThrowableOfType(
                ScenarioException.class, () -> ScenarioReader.read("f.yaml", content)))
        .hasMessage(
            "f.yaml:3:30: produce[0].replay names 't.csv', but this scenario has no directory to"
                + " look in");
  }

  private static List<Recorded> traffic(Scenario scenario) {
    return ((Arrival.Replay) scenario.produce().get(0).arrival()).records();
  }

  private String refusal(String name) throws IOException {
    return refusal(directory.resolve("f.yaml"), name);
  }

  private static String refusal(Path file, String name) throws IOException {
    Files.writeString(file, yaml(name));
    ScenarioException refused =
        catchThrowableOfType(ScenarioException.class, () -> ScenarioReader.read(file));
    return String.valueOf(refused == null ? "nothing was refused" : refused.getMessage());
  }

  private Path scenario(String name) throws IOException {
    return Files.writeString(directory.resolve("f.yaml"), yaml(name));
  }

  private static String yaml(String replay) {
    return """
    scenario: x
    topics: {t: {partitions: 1}}
    produce: [{topic: t, replay: "%s"}]
    """
        .formatted(replay);
  }

  /** Spells lines and quotation marks out; what is escaped twice stays for the reader. */
  private static String unescaped(String text) {
    return text.replace("\\\\", "\0")
        .replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\t", "\t")
        .replace('\'', '"')
        .replace("\0", "\\");
  }
}
