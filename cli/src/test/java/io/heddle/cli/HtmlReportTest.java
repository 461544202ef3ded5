package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that reports are; what a browser makes of them is tried in one. */
final class HtmlReportTest {
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  HtmlReportTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void holdsTheRunThatItIsAbout() throws Exception {
    Path page = report("naive-async", "a.html", ExitCode.INVARIANT_VIOLATED);

    JsonNode run = data(page).get("runs").get(0);
    assertThat(run.get("result").get("verdict").asText()).isEqualTo("failed");
    assertThat(run.get("command").asText()).isEqualTo("heddle run naive-async --seed 1");
    assertThat(run.get("settings").asText()).startsWith("scenario: naive-async");
    assertThat(run.get("scene").get("invariant").asText()).isEqualTo("key-order");
    assertThat(run.get("scene").get("keys")).isNotEmpty();
    assertThat(run.get("scene").get("facts").size()).isGreaterThan(10);
    assertThat(run.get("tenures")).isNotEmpty();
    assertThat(run.get("gaps")).isNotEmpty();
    long records = run.get("result").get("records").asLong();
    long appended = 0;
    for (JsonNode each : run.get("time").get("appended")) {
      appended += each.asLong();
    }
    assertThat(appended).isEqualTo(records);
  }

  @Test
  void tellsWhenEachFaultStruck() throws Exception {
    Path page = report("quickstart", "a.html", ExitCode.PASSED);

    JsonNode run = data(page).get("runs").get(0);
    long fired = 0;
    for (JsonNode fault : run.get("result").get("faults")) {
      fired += fault.get("fired").asLong();
    }
    assertThat(run.get("strikes").size()).isEqualTo(fired).isPositive();
    assertThat(run.get("healedMillis").asDouble()).isPositive();
  }

  @Test
  void drawsTheCurveThroughThePercentilesThatTheResultHas() throws Exception {
    JsonNode run =
        data(report("naive-async", "a.html", ExitCode.INVARIANT_VIOLATED)).get("runs").get(0);

    for (String kind : List.of("service", "response")) {
      JsonNode told = run.get("result").get("latency").get(kind);
      Map<Double, Long> curve = new TreeMap<>();
      run.get("curves")
          .get(kind)
          .forEach(point -> curve.put(point.get(0).asDouble(), point.get(1).asLong()));
      assertThat(curve)
          .containsEntry(50.0, told.get("p50").asLong())
          .containsEntry(90.0, told.get("p90").asLong())
          .containsEntry(99.0, told.get("p99").asLong())
          .containsEntry(99.9, told.get("p999").asLong())
          .containsEntry(100.0, told.get("max").asLong());
      assertThat(List.copyOf(curve.values())).isSorted();
    }
  }

  @Test
  void needsNothingFromAnywhereElse() throws Exception {
    String page = Files.readString(report("quickstart", "a.html", ExitCode.PASSED));

    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("@@")
        .doesNotContainPattern("(src|href)=\"(?!data:)")
        .doesNotContainPattern("@import|url\\((?!#)");
    Matcher scripts = Pattern.compile("</script>").matcher(page);
    assertThat(scripts.results().count()).isEqualTo(3);
  }

  @Test
  void putsRunsSideBySideUnderTheirFilesNames() throws Exception {
    Path before = report("quickstart --seed 1", "before.html", ExitCode.PASSED);
    Path after = report("quickstart --seed 2", "after.html", ExitCode.PASSED);
    Path both = folder.resolve("both.html");

    assertThat(run("report " + before + " " + after + " --out " + both)).isEqualTo(ExitCode.PASSED);

    JsonNode runs = data(both).get("runs");
    assertThat(List.of(runs.get(0).get("name").asText(), runs.get(1).get("name").asText()))
        .containsExactly("before.html", "after.html");
    assertThat(runs.get(1).get("result").get("seed").asLong()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNoReport() throws Exception {
    Path report = report("quickstart", "a.html", ExitCode.PASSED);
    Path other = Files.writeString(folder.resolve("other.html"), "<html></html>");
    Path binary = Files.write(folder.resolve("binary.html"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Path damaged =
        Files.writeString(
            folder.resolve("damaged.html"),
            Files.readString(report).replace("\"runs\":[{", "\"runs\":[{]"));

    assertRefused(List.of(report, other), "other.html is not a report of heddle run");
    assertRefused(List.of(report, binary), "binary.html is not a report of heddle run");
    assertRefused(List.of(report, damaged), "damaged.html is damaged");
    assertRefused(List.of(report, folder.resolve("none.html")), "none.html");
  }

  private static void assertRefused(List<Path> pages, String message) {
    assertThatThrownBy(() -> HtmlReport.sideBySide(pages))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void leavesAnOldReportInPlaceWhereTheNewOneCannotBeWritten() throws Exception {
    Path old = Files.writeString(folder.resolve("a.html"), "old");

    assertThat(run("run no-such-scenario --report " + old)).isEqualTo(ExitCode.USAGE);
    assertThat(old).hasContent("old");
    assertThat(run("run quickstart --report " + folder.resolve("no/such/folder.html")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("there is no such directory");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(old);
    }
  }

  private Path report(String scenario, String name, ExitCode expected) {
    Path page = folder.resolve(name);
    assertThat(run("run " + scenario + " --report " + page)).isEqualTo(expected);
    return page;
  }

  private ExitCode run(String line) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    Console console = new Console(new PrintStream(out, true, UTF_8), errors, Style.PLAIN, false);
    return new Heddle(
            ScenarioBackend::new,
            console,
            new Failures(errors, () -> false),
            System::nanoTime,
            new Interruption())
        .run(line.split(" "));
  }

  private static JsonNode data(Path page) throws Exception {
    String text = Files.readString(page);
    String begin = "id=\"data\">";
    int from = text.indexOf(begin) + begin.length();
    return new ObjectMapper().readTree(text.substring(from, text.indexOf("</script>", from)));
  }
}
