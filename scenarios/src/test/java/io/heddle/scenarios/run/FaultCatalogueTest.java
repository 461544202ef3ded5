package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioSchema;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.fault.BrokerFaults;
import io.heddle.simulator.fault.Faults;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps docs/FAULTS.md true: each line of it strikes, and nothing that there is is missing. */
class FaultCatalogueTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+\\w?) \\| ([^|]+) \\| (?:`(.+?)` )?\\| ?(.*?)\\|$");
  private static final Pattern METHOD = Pattern.compile("`((?:Broker)?Faults)\\.(\\w+)`");
  private static final String RUN =
      """
      scenario: catalogue
      kafka: {brokers: 3, initial-rebalance-delay: 0s}
      limits: {virtual: 5m}
      topics:
        orders: {partitions: 4, config: {cleanup.policy: "compact,delete"}}
      produce:
        - {topic: orders, rate: 50/s, for: 12s, keys: {uniform: 30}}
      group:
        members: 2%s
        config: {session.timeout.ms: 6000, heartbeat.interval.ms: 1000, auto.offset.reset: earliest}
      handler: {service: 2ms}
      engine: {mode: scheduler%s}
      heal: {at: 15s, within: 2m}
      faults:
      """;

  private record Row(String number, String file, String api) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "FAULTS.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new Row(row.group(1), row.group(3) == null ? "" : row.group(3), row.group(4)));
      }
    }
    return rows;
  }

  static Stream<String> lines() throws IOException {
    return rows().stream().map(Row::file).filter(file -> file.startsWith("{"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void strikesAndTheEngineComesThrough(String fault) throws Exception {
    boolean transactions = Pattern.compile("EndTxn|markers").matcher(fault).find();
    String group = fault.contains("start-twin") ? "\n  static: true" : "";
    String file = RUN.formatted(group, transactions ? ", exactly-once: {timeout: 2s}" : "");
    if (fault.contains("do: release")) {
      file += "  - {on: OffsetCommit, between: [2s, 15s], do: hold, barrier: b}\n";
    }
    RunResult result =
        ScenarioRunner.simulate(
            ScenarioReader.read("f.yaml", (file + "  - " + fault + "\n").getBytes(UTF_8)),
            7,
            RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.faults()).allSatisfy(each -> assertThat(each.fired()).isPositive());
  }

  @Test
  void namesScenariosThatAreShipped() throws IOException {
    assertThat(rows()).filteredOn(row -> row.file().startsWith("heddle run ")).isNotEmpty();
    assertThat(rows())
        .filteredOn(row -> row.file().startsWith("heddle run "))
        .allSatisfy(
            row ->
                assertThat(ScenarioLibrary.names())
                    .contains(row.file().substring("heddle run ".length())));
  }

  @Test
  void saysHowToDoEverythingThatFilesCanDo() throws IOException {
    JsonNode what =
        new ObjectMapper().readTree(ScenarioSchema.json()).findValue("faults").findValue("do");
    Set<String> actions = new TreeSet<>();
    what.findValues("enum").get(0).forEach(name -> actions.add(name.asText()));
    String lines = String.join("\n", lines().toList());

    assertThat(actions).hasSizeGreaterThan(20);
    assertThat(actions).allSatisfy(action -> assertThat(lines).contains("do: " + action));
    assertThat(lines).contains("{delay: ", "{throttle: ", "{error: ");
  }

  @Test
  void namesEveryFaultOfTheApiAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Row row : rows()) {
      Matcher method = METHOD.matcher(row.api());
      while (method.find()) {
        named.add(method.group(1) + "." + method.group(2));
      }
    }
    Set<String> there = new TreeSet<>();
    for (Class<?> type : List.of(Faults.class, BrokerFaults.class)) {
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())) {
          there.add(type.getSimpleName() + "." + method.getName());
        }
      }
    }

    assertThat(named).isEqualTo(there);
  }
}
