package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heddle.scenarios.load.LoadPlan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What heddle load tells, and what it compares. */
final class LoadReportsTest {
  private static final LoadPlan CLOSED =
      new LoadPlan(
          OptionalDouble.empty(),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofSeconds(30),
          1,
          false,
          32,
          false);

  @Test
  void saysFirstWhetherTheRateWasReached() {
    String text =
        new LoadReport(Samples.loaded(LoadPlan.DEFAULT, false), Style.PLAIN).text("heddle load a");

    assertThat(text)
        .startsWith("PASSED quickstart seed 7 · 998/s of 1,000/s · 1,000 records ·")
        .contains("response time  ", "  warm-up  ", "  measured ", "  late ", "  commit ")
        .contains("  orders-1 ", "judging them took 113 % of one core");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void saysHowManyAClosedLoopKeepsUnderWay() {
    String text = new LoadReport(Samples.loaded(CLOSED, false), Style.PLAIN).text("heddle load a");

    assertThat(text).contains("998/s with 32 under way", "invariants were not judged: --no-checks");
  }

  @Test
  void addsItsFieldsToThoseOfARun() throws Exception {
    JsonNode json = new ObjectMapper().readTree(LoadJson.of(Samples.loaded(CLOSED, true)));
    JsonNode run = new ObjectMapper().readTree(JsonReports.run(Samples.passed()));

    assertThat(json.fieldNames()).toIterable().containsAll(run::fieldNames);
    assertThat(json.get("achievedRate").asDouble()).isEqualTo(998);
    assertThat(json.get("targetRate").isNull()).isTrue();
    assertThat(json.get("interrupted").asBoolean()).isTrue();
    assertThat(json.get("phases")).hasSize(2);
    assertThat(json.get("stages").get("commit").get("p99").asLong()).isEqualTo(9_800);
    assertThat(json.get("partitions").get(1).get("partition").asText()).isEqualTo("orders-1");
  }

  @Test
  void comparesWhatItLogged(@TempDir Path folder) {
    Path a = folder.resolve("a.hlog");
    Path b = folder.resolve("b.hlog");
    assertThat(run("load", "slow-key", "--rate", "50", "--for", "12s", "--hlog", a.toString()))
        .startsWith("PASSED slow-key");
    run("load", "slow-key", "--rate", "50", "--for", "12s", "--hlog", b.toString());

    String text = run("load", "--compare", a.toString(), b.toString());
    assertThat(text).contains("p99.9", "no change shown", "+0.0 %");
    assertThat(text.lines().skip(2)).allMatch(line -> line.length() <= 80);
  }

  @Test
  void refusesToCompareWhatIsTooShortOrNoLog(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("a.hlog");
    run("load", "slow-key", "--rate", "50", "--for", "2s", "--hlog", log.toString());
    Path other = Files.writeString(folder.resolve("b"), "no log\n");

    assertThat(run("load", "--compare", log.toString(), log.toString()))
        .matches("heddle: .*a.hlog has \\d intervals? with response times, .*\\n");
    assertThat(run("load", "--compare", other.toString(), other.toString()))
        .matches("heddle: .* cannot be compared: .*\\n");
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    Console console = new Console(stream, stream, Style.PLAIN, false);
    var unused =
        new Heddle(
                ScenarioBackend::new,
                console,
                new Failures(stream, () -> false),
                () -> 0,
                new Interruption())
            .run(arguments);
    return out.toString(UTF_8);
  }
}
