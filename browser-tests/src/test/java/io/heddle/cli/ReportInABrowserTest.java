package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Reports as a headless Chromium shows them: what a person would look at, and by keyboard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportInABrowserTest {
  private static final List<String> USUAL_PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(chromium())
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));
  private final List<String> problems = new ArrayList<>();

  private static Path chromium() {
    return USUAL_PLACES.stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no Chromium at " + USUAL_PLACES + ": install it (Debian: chromium)"));
  }

  @AfterAll
  void close() {
    playwright.close();
  }

  @Test
  void opensWithoutAProblemInLightAndDarkOnWideAndNarrowScreens(@TempDir Path folder) {
    Path report = report("quickstart", folder);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {1280, 400}) {
        Page page = open(report, scheme, width);
        assertThat(page.locator("h1").textContent()).isEqualTo("PASSED quickstart, seed 1");
        assertThat(page.locator("canvas").count()).isEqualTo(5);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
            .isLessThanOrEqualTo(width);
        page.close();
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void showsTheLaneOfTheKeyThatFailed(@TempDir Path folder) {
    Page page = open(report("naive-async", folder), ColorScheme.LIGHT, 1280);

    Locator lane = page.locator("svg .lane-failing");
    assertThat(lane.count()).isPositive();
    assertThat(lane.first().isVisible()).isTrue();
    String key = lane.first().getAttribute("data-key");
    assertThat(page.locator("#invariants p").first().textContent()).contains("key " + key);
    assertThat(page.locator("#failure svg rect[stroke='var(--bad)']").count()).isPositive();
    assertThat(problems).isEmpty();
  }

  @Test
  void keepsTimeLinesReadableOnANarrowScreen(@TempDir Path folder) {
    Page page = open(report("naive-async", folder), ColorScheme.LIGHT, 400);

    Locator lanes = page.locator("#failure svg").first();
    assertThat(lanes.boundingBox().width).isGreaterThan(700);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(400);
    assertThat(page.locator("figure:not([tabindex])").count()).isZero();
    assertThat(problems).isEmpty();
  }

  @Test
  void beginsOnANarrowScreenWithWhereItShowed(@TempDir Path folder) {
    Page page = open(report("naive-async", folder), ColorScheme.LIGHT, 400);

    Object breach =
        page.evaluate("document.querySelector('#failure .breach').getBoundingClientRect().x");
    assertThat(((Number) breach).doubleValue()).isBetween(0.0, 400.0);
    for (Locator caption : page.locator("#failure figcaption").all()) {
      BoundingBox box = caption.boundingBox();
      assertThat(box.x).isNotNegative();
      assertThat(box.x + box.width).isLessThanOrEqualTo(400);
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void alignsANumberWhateverElseIsSaidOfIt(@TempDir Path folder) {
    Page page = open(report("naive-async", folder), ColorScheme.LIGHT, 1280);

    assertThat(page.locator("td.n.doubt").count()).isPositive();
    assertThat(page.locator("td.doubt:not(.n)").count()).isZero();
    // Without a fault there is nothing shaded to speak of.
    assertThat(page.locator("#time p").first().textContent()).doesNotContain("Shaded");
    assertThat(problems).isEmpty();
  }

  @Test
  void takesALineAwayAndBackByKeyboard(@TempDir Path folder) {
    Page page = open(report("quickstart", folder), ColorScheme.LIGHT, 1280);

    Locator button = page.locator("#percentiles .legend button").first();
    String drawn = pixels(page);
    button.focus();
    page.keyboard().press("Enter");
    assertThat(button.getAttribute("aria-pressed")).isEqualTo("false");
    page.waitForFunction("before => (" + PIXELS + ")() !== before", drawn);
    page.keyboard().press("Enter");
    assertThat(button.getAttribute("aria-pressed")).isEqualTo("true");
    assertThat(problems).isEmpty();
  }

  @Test
  void namesWhatItDrawsForThoseWhoDoNotSeeIt(@TempDir Path folder) {
    Page page = open(report("naive-async", folder), ColorScheme.LIGHT, 1280);

    Locator pictures = page.locator("[role=img]");
    assertThat(pictures.count()).isGreaterThanOrEqualTo(7);
    for (Locator picture : pictures.all()) {
      assertThat(picture.getAttribute("aria-label")).isNotBlank();
    }
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
    assertThat(page.locator("h1").count()).isEqualTo(1);
    assertThat(page.locator("details table").count()).isPositive();
  }

  @Test
  void putsTwoRunsIntoOneChart(@TempDir Path folder) throws Exception {
    Path first = report("quickstart", folder);
    Path second = report("slow-key", folder);
    Path both =
        Files.writeString(
            folder.resolve("both.html"), HtmlReport.sideBySide(List.of(first, second)));

    Page page = open(both, ColorScheme.LIGHT, 1280);
    assertThat(page.locator("#comparison th").allTextContents())
        .containsExactly("", "quickstart.html", "slow-key.html");
    assertThat(page.locator("#percentiles .legend button").count()).isEqualTo(4);
    assertThat(problems).isEmpty();
  }

  @Test
  void showsALoadByPhaseStageAndPartition(@TempDir Path folder) {
    Page page = open(load(folder), ColorScheme.DARK, 1280);

    assertThat(page.locator("h1").textContent()).isEqualTo("INTERRUPTED slow-key, seed 1");
    assertThat(page.locator("#load p").first().textContent()).contains("of the 100/s that were");
    assertThat(page.locator("#load h3").allTextContents())
        .containsExactly(
            "Response time by phase", "Stages of a record", "Response time by partition");
    assertThat(page.locator("#load table").first().locator("tbody tr").count()).isEqualTo(2);
    assertThat(page.locator("#load table").nth(1).locator("tbody tr").count()).isEqualTo(6);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(1280);
    assertThat(problems).isEmpty();
  }

  @Test
  void printsInLightColoursWithoutButtonsToPress(@TempDir Path folder) {
    Page page = open(report("naive-async", folder), ColorScheme.DARK, 1280);
    String background = "getComputedStyle(document.body).backgroundColor";
    assertThat(page.evaluate(background)).isNotEqualTo("rgb(255, 255, 255)");

    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.evaluate(background)).isEqualTo("rgb(255, 255, 255)");
    assertThat(page.locator(".copy").first().isVisible()).isFalse();
    byte[] pdf = page.pdf();
    assertThat(new String(pdf, 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
    assertThat(pdf.length).isGreaterThan(20_000);
    assertThat(problems).isEmpty();
  }

  @Test
  void drawsAMillionRecordsAndSaysThatItDownsampledThem(@TempDir Path folder) {
    Page page = open(million(folder), ColorScheme.LIGHT, 1280);

    assertThat(page.locator("#time p").first().textContent()).startsWith("Downsampled to ");
    assertThat(page.locator(".tiles").textContent()).contains("1,000,000");
    assertThat(page.locator("canvas").count()).isEqualTo(5);
    Number millis = (Number) page.evaluate("performance.now()");
    assertThat(millis.doubleValue()).isLessThan(20_000);
    assertThat(problems).isEmpty();
  }

  /** As many records as that, in twelve partitions, without the time to run them. */
  private static Path million(Path folder) {
    RunHistory history = new RunHistory();
    RunResult small = run("quickstart", new RunHistory());
    Member member = new Member("m1", 1);
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      partitions.add(new TopicPartition("orders", i));
    }
    history.accept(new Fact.Assigned(0, member, 1, partitions));
    for (int i = 0; i < 1_000_000; i++) {
      TopicPartition partition = partitions.get(i % 12);
      long offset = i / 12;
      long at = i * 200_000L;
      String key = "k" + i % 1_000;
      history.accept(new Fact.Appended(at, partition, offset, key));
      history.accept(new Fact.Started(at + 1, member, partition, offset, key));
      history.accept(new Fact.Ended(at + 2, member, partition, offset, key));
      history.accept(new Fact.Completed(at + 3, member, partition, offset, key));
      history.service(at + 2, 1_000_000 + i % 7_919);
      history.response(at + 3, 2_000_000 + i % 104_729);
    }
    RunResult result =
        new RunResult(
            "million",
            1,
            "simulated",
            List.of(),
            small.invariants(),
            List.of(),
            1_000_000,
            200_000,
            1,
            "0",
            small.service(),
            small.response(),
            small.marks());
    Path page = folder.resolve("million.html");
    Output.write(
        page, HtmlReport.of(new ReportedRun(result, history, "heddle run million", "")), "it");
    return page;
  }

  private static Path load(Path folder) {
    RunHistory history = new RunHistory();
    LoadPlan plan =
        new LoadPlan(
            OptionalDouble.of(100),
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            1,
            false,
            0,
            true);
    LoadResult result =
        new ScenarioBackend()
            .load(
                new LoadRequest(
                    "slow-key",
                    OptionalLong.empty(),
                    new KafkaTarget.Simulated(),
                    plan,
                    List.of(),
                    Optional.of(history)),
                (done, total, unit) -> {});
    ReportedRun run =
        new ReportedRun(
            result.run(), history, "heddle load slow-key", "", true, Optional.of(result));
    Path page = folder.resolve("load.html");
    Output.write(page, HtmlReport.of(run), "the report");
    return page;
  }

  private static final String PIXELS =
      "() => document.querySelector('#percentiles canvas').toDataURL()";

  private static String pixels(Page page) {
    return String.valueOf(page.evaluate(PIXELS));
  }

  private Page open(Path report, ColorScheme scheme, int width) {
    Page page =
        browser.newPage(
            new Browser.NewPageOptions().setColorScheme(scheme).setViewportSize(width, 900));
    page.onConsoleMessage(message -> problems.add(message.type() + ": " + message.text()));
    page.onPageError(problems::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
            problems.add("asked the network: " + request.url());
          }
        });
    page.navigate(report.toUri().toString());
    return page;
  }

  private static Path report(String scenario, Path folder) {
    RunHistory history = new RunHistory();
    RunResult result = run(scenario, history);
    ReportedRun run =
        new ReportedRun(
            result,
            history,
            RunReport.replayCommand(result, Chosen.of(scenario)),
            new ScenarioBackend().explain(scenario));
    Path page = folder.resolve(scenario + ".html");
    Output.write(page, HtmlReport.of(run), "the report");
    return page;
  }

  private static RunResult run(String scenario, RunHistory history) {
    return new ScenarioBackend()
        .run(
            scenario,
            OptionalLong.empty(),
            new KafkaTarget.Simulated(),
            Optional.empty(),
            Optional.of(history),
            (done, total, unit) -> {});
  }
}
