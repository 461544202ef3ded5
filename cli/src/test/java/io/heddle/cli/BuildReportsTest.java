package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The reports for build servers: JUnit's XML, and Markdown. */
final class BuildReportsTest {
  @Test
  void hasACaseForEachFailedSeedAndOneForAll() throws Exception {
    Element suite = xml(JunitReport.explore(Samples.explored(), Chosen.of("naive-async")));

    assertThat(suite.getAttribute("tests")).isEqualTo("4");
    assertThat(suite.getAttribute("failures")).isEqualTo("3");
    assertThat(cases(suite))
        .containsExactly(
            "seed 7: key-order: 12 began before 11 had ended",
            "seed 9: threshold:p99: p99 was 80 ms",
            "seed 11: key-order: other",
            "seeds 1..1000: 997 passed, 3 failed: ");
  }

  @Test
  void hasACaseForWhatNoSeedReached() throws Exception {
    ExploreSummary summary =
        Samples.explored(
            List.of(),
            List.of(new ExploreSummary.Missing("unfired:crash", "never fired in any run")),
            true);

    assertThat(cases(xml(JunitReport.explore(summary, Chosen.of("naive-async")))))
        .containsExactly("coverage unfired:crash: never fired in any run");
    assertThat(JunitReport.explore(summary, Chosen.of("naive-async")))
        .contains(
            "skipped=\"1\"",
            "\"after 1,000 of the seeds 1..5000: 1,000 passed, 0 failed, interrupted\">");
    assertThat(MarkdownReport.explore(summary, Chosen.of("a")))
        .contains("| not covered by any seed |  |\n| --- | --- |\n| unfired:crash | never fired");
  }

  @Test
  void hasACaseForEachInvariantOfARunAndForWhateverElseWasBroken() throws Exception {
    Element suite = xml(JunitReport.run(Samples.failed(), false));

    assertThat(suite.getAttribute("failures")).isEqualTo("2");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(cases(suite))
        .hasSize(4)
        .anyMatch(each -> each.startsWith("key-order: m1 started record orders-0@12"))
        .contains("unfired:pause-client: it never fired", "seed 7: failed, 1,000 records: ");
  }

  @Test
  void takesAnInterruptedRunForNoneThatPassed() throws Exception {
    Element suite = xml(JunitReport.run(Samples.passed(), true));

    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    assertThat(cases(suite)).noneMatch(each -> each.startsWith("seed 7"));
    assertThat(JunitReport.run(Samples.passed(), true))
        .contains("name=\"seed 7: interrupted, 1,000 records\">");
    assertThat(MarkdownReport.run(Samples.passed(), Chosen.of("quickstart"), true))
        .startsWith("## INTERRUPTED quickstart seed 7\n");
    assertThat(MarkdownReport.run(Samples.failed(), Chosen.of("naive-async"), true))
        .startsWith("## FAILED naive-async seed 7\n");
  }

  @Test
  void staysXmlWhateverAMessageHolds() throws Exception {
    String message = "<a href=\"x\">&\u0001\n\uD800 ]]> é 😀";
    ExploreSummary summary =
        Samples.explored(
            List.of(new ExploreSummary.FailedSeed(1, "key-order", message)), List.of(), false);

    assertThat(cases(xml(JunitReport.explore(summary, Chosen.of("naive-async")))).get(0))
        .isEqualTo("seed 1: key-order: <a href=\"x\">&?\n? ]]> é 😀");
  }

  @Test
  void writesAnExplorationAsMarkdown() {
    assertThat(MarkdownReport.explore(Samples.explored(), Chosen.of("my file.yaml")))
        .isEqualTo(
            """
            ## FAILED naive-async seeds 1..1000

            997 passed, 3 failed, 412 seeds/s

            | seed | violated | message |
            | --- | --- | --- |
            | 7 | key-order | 12 began before 11 had ended |
            | 9 | threshold:p99 | p99 was 80 ms |
            | 11 | key-order | other |

            | mark | hits |
            | --- | --- |
            | batch.flush | 0 |
            | commit.lost-race-with-revoke | 1,204 |

            ```
            heddle run 'my file.yaml' --seed 7
            ```
            """);
  }

  @Test
  void writesARunAsMarkdown() {
    assertThat(MarkdownReport.run(Samples.failed(), Chosen.of("naive-async"), false))
        .startsWith(
            "## FAILED naive-async seed 7\n\n1,000 records, 14.2 s of scenario time in 0.31")
        .contains("| key-order | failed | 1,000 |\n")
        .contains("| skew-clock | not applied | a real Kafka has its own clock |\n")
        .contains("**key-order**: m1 started record orders-0@12 of key customer-17 before it")
        .endsWith("```\nheddle run naive-async --seed 7\n```\n");
    assertThat(MarkdownReport.run(Samples.passed(), Chosen.of("quickstart"), false))
        .contains("| service | 8.04 ms | 21.3 ms |")
        .doesNotContain("```");
  }

  private static List<String> cases(Element suite) {
    NodeList cases = suite.getElementsByTagName("testcase");
    return java.util.stream.IntStream.range(0, cases.getLength())
        .mapToObj(i -> (Element) cases.item(i))
        .filter(each -> each.getElementsByTagName("skipped").getLength() == 0)
        .map(each -> each.getAttribute("name") + ": " + failure(each))
        .toList();
  }

  private static String failure(Element testcase) {
    NodeList failures = testcase.getElementsByTagName("failure");
    return failures.getLength() == 0 ? "" : ((Element) failures.item(0)).getAttribute("message");
  }

  private static Element xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(UTF_8)))
        .getDocumentElement();
  }
}
