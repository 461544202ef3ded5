package io.heddle.scenarios.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.model.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludesTest {
  private static final String BASE =
      """
      scenario: base
      title: What all of them have
      seed: 7
      topics:
        t: {partitions: 4, config: {cleanup.policy: compact, retention.ms: 100}}
      produce:
        - {topic: t, count: 10, rate: 10/s}
        - {topic: t, count: 20, rate: 10/s}
      group: {members: 3, config: {session.timeout.ms: 6000}}
      handler: {service: {uniform: [1ms, 2ms]}, errors: 5%}
      faults:
        - {at: 1s, do: crash-client, member: m3}
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void takesWhatItDoesNotSayItselfFromTheFileThatItIncludes() throws IOException {
    write("base.yaml", BASE);

    Scenario scenario = read("scenario: x\ninclude: base.yaml\n");

    assertThat(scenario)
        .usingRecursiveComparison()
        .ignoringFields("about")
        .isEqualTo(ScenarioReader.read("base.yaml", BASE.getBytes(UTF_8)));
    assertThat(scenario.about().name()).isEqualTo("x");
    assertThat(scenario.about().title()).isEqualTo("What all of them have");
  }

  @Test
  void mergesMappingsFieldByField() throws IOException {
    write("base.yaml", BASE);

    Scenario scenario =
        read(
            """
            scenario: x
            include: base.yaml
            topics:
              u: {partitions: 1}
              t: {config: {retention.ms: 200}}
            group: {config: {max.poll.records: 1}}
            """);

    assertThat(scenario.topics().stream().map(Topic::name)).containsExactly("t", "u");
    assertThat(scenario.topics().get(0).partitions()).isEqualTo(4);
    assertThat(scenario.topics().get(0).config())
        .isEqualTo(Map.of("cleanup.policy", "compact", "retention.ms", "200"));
    assertThat(scenario.group().members()).isEqualTo(3);
    assertThat(scenario.group().config())
        .isEqualTo(Map.of("session.timeout.ms", "6000", "max.poll.records", "1"));
  }

  @Test
  void replacesListsAndLawsAndSeedsAsAWhole() throws IOException {
    write("base.yaml", BASE);

    Scenario scenario =
        read(
            """
            scenario: x
            include: base.yaml
            seeds: {count: 5}
            produce: [{topic: t, count: 5, rate: 5/s}]
            handler: {service: {exponential: 3ms}}
            faults: []
            """);

    assertThat(scenario.seeds()).isEqualTo(new SeedRange(1, 5));
    assertThat(scenario.produce()).hasSize(1);
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.handler())
        .isEqualTo(
            Handler.DEFAULT
                .withService(new Distribution.Exponential(Duration.ofMillis(3).toNanos()))
                .withErrors(0.05));
  }

  @Test
  void aNullTakesAFieldAway() throws IOException {
    write("base.yaml", BASE);

    Scenario scenario =
        read(
            """
            scenario: x
            include: base.yaml
            faults: null
            group: {config: {session.timeout.ms: ~}}
            """);

    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.group().config()).isEmpty();
    assertThat(scenario.group().members()).isEqualTo(3);
  }

  @Test
  void aValueThatWasLeftOutTakesNothingAway() throws IOException {
    write("base.yaml", BASE);

    assertThat(refusal("scenario: x\ninclude: base.yaml\nfaults:\n"))
        .isEqualTo("f.yaml:3:8: faults must be a list, was nothing");
  }

  @Test
  void aLaterFileCountsForMoreThanAnEarlierOneAndTheFileItselfForMost() throws IOException {
    write("base.yaml", BASE);
    write("crowd.yaml", "group: {members: 8, stagger: 1s}\nkafka: {brokers: 3}\n");
    write("three.yaml", "include: crowd.yaml\nkafka: {brokers: 5}\ngroup: {id: g}\n");

    Scenario scenario =
        read("scenario: x\ninclude: [base.yaml, three.yaml]\ngroup: {stagger: 2s}\n");

    assertThat(scenario.group().members()).isEqualTo(8);
    assertThat(scenario.group().stagger()).isEqualTo(Duration.ofSeconds(2));
    assertThat(scenario.group().id()).isEqualTo("g");
    assertThat(scenario.kafka().brokers()).isEqualTo(5);
  }

  @Test
  void aScenarioHasANameOfItsOwn() throws IOException {
    write("base.yaml", BASE);

    assertThat(refusal("include: base.yaml\n"))
        .isEqualTo("f.yaml:1:1: the scenario must have the field 'scenario'");
  }

  @Test
  void aMistakeIsReportedInTheFileThatHasIt() throws IOException {
    write("base.yaml", BASE.replace("10/s", "fast"));
    assertThat(refusal("scenario: x\ninclude: base.yaml\n"))
        .startsWith("base.yaml:7:33: produce[0].rate must be a rate");

    write("base.yaml", BASE);
    assertThat(refusal("scenario: x\ninclude: base.yaml\ngroup: {membres: 2}\n"))
        .isEqualTo("f.yaml:3:9: unknown field 'membres' in group; did you mean 'members'?");
    assertThat(refusal("scenario: x\ninclude: base.yaml\ngroup: {members: 2}\n"))
        .isEqualTo("base.yaml:12:40: faults[0].member must be any or among m1, m2, was m3");

    write("base.yaml", "");
    assertThat(refusal("scenario: x\ninclude: base.yaml\n"))
        .isEqualTo("base.yaml:1:1: the file is empty; an included file needs at least one field");

    write("base.yaml", "- a\n");
    assertThat(refusal("scenario: x\ninclude: base.yaml\n"))
        .isEqualTo("base.yaml:1:1: the scenario must be a mapping (name: value), was a list");

    write("base.yaml", "version: 3\n");
    assertThat(refusal("scenario: x\nversion: 1\ninclude: base.yaml\n"))
        .startsWith("base.yaml:1:10: version must be 1, ");

    write("base.yaml", "a: b\n c\n");
    assertThat(refusal("scenario: x\ninclude: base.yaml\n")).startsWith("base.yaml:");
  }

  @Test
  void refusesCircles() throws IOException {
    write("a.yaml", "include: [b.yaml]\n");
    write("b.yaml", "include: a.yaml\n");

    assertThat(refusal("scenario: x\ninclude: a.yaml\n"))
        .isEqualTo(
            "b.yaml:1:10: include must not go in a circle: f.yaml -> a.yaml -> b.yaml -> a.yaml");
    assertThat(refusal("scenario: x\ninclude: f.yaml\n"))
        .isEqualTo("f.yaml:2:10: include must not go in a circle: f.yaml -> f.yaml");
  }

  @Test
  void refusesTooManyFilesAndTooDeepOnes() throws IOException {
    write("e4.yaml", BASE);
    for (int i = 3; i >= 1; i--) {
      write("e" + i + ".yaml", "include: e" + (i + 1) + ".yaml\n");
    }
    assertThat(read("scenario: x\ninclude: e1.yaml\n").group().members()).isEqualTo(3);

    write("e0.yaml", "include: e1.yaml\n");
    assertThat(refusal("scenario: x\ninclude: e0.yaml\n"))
        .isEqualTo(
            "e3.yaml:1:10: include must not be more than 4 files deep:"
                + " f.yaml -> e0.yaml -> e1.yaml -> e2.yaml -> e3.yaml -> e4.yaml");

    assertThat(refusal("scenario: x\ninclude: [" + "e4.yaml, ".repeat(33) + "]\n"))
        .endsWith(": include[32] is one file more than the 32 allowed");
  }

  @Test
  void boundsTheBytesOfAllTogether() throws IOException {
    String half = BASE + "#" + "x".repeat(600_000) + "\n";
    write("a.yaml", half);
    write("b.yaml", half);

    assertThat(refusal("scenario: x\ninclude: [a.yaml, b.yaml]\n"))
        .startsWith("f.yaml:2:19: include[1] names 'b.yaml', which has more than the 4")
        .endsWith(" bytes allowed");
  }

  @Test
  void looksNowhereButBesideTheFile() throws IOException {
    Path inside = Files.createDirectories(directory.resolve("inside"));
    write("out.yaml", BASE);
    Files.createSymbolicLink(inside.resolve("link.yaml"), directory.resolve("out.yaml"));
    Files.createDirectory(inside.resolve("folder.yaml"));
    Files.writeString(inside.resolve("common.yaml"), BASE);
    Path file = inside.resolve("f.yaml");

    for (String name : new String[] {"../out.yaml", "/etc/x.yaml", "a/b.yaml", "out", ".."}) {
      assertThat(refusal(file, "scenario: x\ninclude: " + name + "\n"))
          .endsWith(
              ":2:10: include must be the name of a file beside this one that ends in .yaml or"
                  + " .yml, was '"
                  + name
                  + "'");
    }
    assertThat(refusal(file, "scenario: x\ninclude: link.yaml\n"))
        .endsWith("include names 'link.yaml', a link that leads out of the scenario's directory");
    assertThat(refusal(file, "scenario: x\ninclude: folder.yaml\n"))
        .endsWith("include names 'folder.yaml', which is not a regular file");
    assertThat(refusal(file, "scenario: x\ninclude: comon.yaml\n"))
        .endsWith(
            "include names 'comon.yaml', but there is no such file beside the scenario;"
                + " did you mean 'common.yaml'?");
    assertThat(refusal(file, "scenario: x\ninclude: zzz.yaml\n"))
        .endsWith("include names 'zzz.yaml', but there is no such file beside the scenario");
  }

  @Test
  void saysSoIfItMayNotReadAFile() throws IOException {
    Path base = write("base.yaml", BASE);
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(base), "this user may read every file");

    assertThat(refusal("scenario: x\ninclude: base.yaml\n"))
        .isEqualTo("f.yaml:2:10: include names 'base.yaml', which may not be read by this user");
  }

  @Test
  void findsTheTrafficOfAnIncludedFileBesideIt() throws IOException {
    write("traffic.csv", "gap_ms,key,size\n5,a,1\n");
    write(
        "base.yaml", "topics: {t: {partitions: 1}}\nproduce: [{topic: t, replay: traffic.csv}]\n");

    Scenario scenario = read("scenario: x\ninclude: base.yaml\n");

    assertThat(scenario.produce().get(0).arrival()).isInstanceOf(Arrival.Replay.class);
  }

  @Test
  void anExplainedScenarioNeedsNoOtherFile() throws IOException {
    write("base.yaml", BASE);
    Scenario scenario = read("scenario: x\ninclude: base.yaml\ngroup: {members: 4}\n");
    byte[] written = ScenarioWriter.write(scenario).getBytes(UTF_8);

    assertThat(ScenarioReader.read("written.yaml", written)).isEqualTo(scenario);
  }

  private Scenario read(String content) throws IOException {
    return ScenarioReader.read(write("f.yaml", content));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private String refusal(String content) throws IOException {
    return refusal(directory.resolve("f.yaml"), content).replace(directory + "/", "");
  }

  private static String refusal(Path file, String content) throws IOException {
    Files.writeString(file, content);
    ScenarioException refused =
        catchThrowableOfType(ScenarioException.class, () -> ScenarioReader.read(file));
    return String.valueOf(refused == null ? "nothing was refused" : refused.getMessage());
  }
}
