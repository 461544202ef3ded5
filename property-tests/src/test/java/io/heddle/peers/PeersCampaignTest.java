package io.heddle.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.peers.Trial.Failure;
import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeersCampaignTest {
  private static final Scenario QUICKSTART = ScenarioLibrary.load("quickstart");

  private static final Scenario SMALL =
      ScenarioReader.read(
          "small",
          """
          scenario: small
          version: 1
          limits: {virtual: 60s}
          topics: {orders: {partitions: 2}}
          produce: [{topic: orders, count: 60, rate: 100/s, keys: {uniform: 5}}]
          group: {members: 1}
          heal: {at: 1s, within: 30s}
          """
              .getBytes(UTF_8));

  private static String document() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("docs"))) {
      root = root.getParent();
    }
    return Files.readString(root.resolve("docs/PEERS.md"));
  }

  @Test
  void theDocumentHasEveryScenarioAndEveryContender() throws IOException {
    Map<String, List<String>> rows = PeersDocument.rows(document());

    assertThat(rows.keySet())
        .as("docs/PEERS.md is out of date, run: %s", PeersDocument.COMMAND)
        .isEqualTo(new TreeSet<>(ScenarioLibrary.names()));
    assertThat(rows.values())
        .allSatisfy(cells -> assertThat(cells).hasSameSizeAs(Contender.values()));
    assertThat(document())
        .contains(PeersDocument.COMMAND)
        .contains(Stream.of(Contender.values()).map(each -> "| `" + each.label() + "` |").toList());
  }

  @Test
  void theDocumentSaysWhatEachFailureIs() throws IOException {
    assertThat(document()).doesNotContain(Causes.UNKNOWN);
  }

  @Test
  void whatTheDocumentSaysOfVirtualTimeIsSo() throws IOException {
    Map<String, List<String>> rows = PeersDocument.rows(document());
    List<String> asWritten = new ArrayList<>();
    List<String> asItIs = new ArrayList<>();

    for (String name : List.of("quickstart", "naive-async", "late-end")) {
      for (Contender contender : List.of(Contender.HEDDLE, Contender.POLL_LOOP)) {
        asWritten.add(cell(rows, name, contender));
        Scenario scenario = ScenarioLibrary.load(name);
        Trial trial = Trial.of(contender, scenario, 1);
        List<Failure> failures = new ArrayList<>();
        contender
            .run(scenario, scenario.seeds().from(), false, Optional.empty())
            .forEach(each -> failures.add(new Failure(1, each)));
        asItIs.add(PeersDocument.outcome(trial.withFailures(failures)));
      }
    }

    assertThat(asItIs).isEqualTo(asWritten);
  }

  @ParameterizedTest
  @EnumSource
  void eachContenderDoesTheWorkOfAScenario(Contender contender) {
    List<Violation> broken = contender.run(SMALL, 1, false, Optional.empty());

    assertThat(broken).isEmpty();
  }

  @Test
  void aReportSaysWhatIsBrokenInHowMany() {
    Trial broken =
        Trial.of(Contender.POLL_LOOP, QUICKSTART, 3)
            .withFailures(List.of(failure(3, "progress"), failure(2, "progress")));
    Trial meant =
        Trial.of(Contender.HEDDLE, ScenarioLibrary.load("naive-async"), 3)
            .withFailures(List.of(failure(1, "key-order")));
    PeersReport report =
        new PeersReport(List.of(Contender.HEDDLE, Contender.POLL_LOOP), List.of(broken, meant));

    assertThat(report.cell(Contender.POLL_LOOP, "progress")).isEqualTo("**broken in 1** of 1");
    assertThat(report.cell(Contender.POLL_LOOP, "key-order")).isEqualTo("holds in 1");
    assertThat(report.cell(Contender.HEDDLE, "key-order")).isEqualTo("holds in 1");
    assertThat(report.cell(Contender.HEDDLE, "store")).isEqualTo("n/a");
    assertThat(PeersDocument.outcome(broken)).isEqualTo("**progress** (seed 2)");
    assertThat(PeersDocument.outcome(meant)).isEqualTo("key-order, as it is meant to");
    assertThat(report.unexpected()).isEmpty();
    assertThat(report.brokenBy(Contender.POLL_LOOP)).containsExactly("progress");
  }

  @Test
  void whatHeddleBreaksFailsTheCampaign() {
    Trial broken =
        Trial.of(Contender.HEDDLE_REALTIME, QUICKSTART, 1)
            .withFailures(List.of(failure(1, "key-order")));

    assertThat(new PeersReport(List.of(Contender.HEDDLE_REALTIME), List.of(broken)).unexpected())
        .singleElement()
        .asString()
        .startsWith("heddle-realtime quickstart seed 1: key-order at 7 ms");
  }

  private static String cell(Map<String, List<String>> rows, String name, Contender contender) {
    return rows.getOrDefault(name, List.of()).get(List.of(Contender.values()).indexOf(contender));
  }

  private static Failure failure(long seed, String invariant) {
    return new Failure(seed, new Violation(invariant, "it is so", 7, List.of()));
  }
}
