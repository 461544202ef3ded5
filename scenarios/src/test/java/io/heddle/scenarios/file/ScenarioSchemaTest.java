package io.heddle.scenarios.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioSchemaTest {
  private static final Pattern KNOWN = Pattern.compile(".*; known: (.*)");

  /**
   * A file with an unknown field in each mapping there is, by the mapping's place in the schema.
   */
  private static final Map<String, String> MAPPINGS = new LinkedHashMap<>();

  static {
    String small = ScenarioMistakesTest.SMALL;
    String produce = "scenario: x\ntopics: {t: {partitions: 1}}\nproduce: [{topic: t, ";
    String expect = small + "expect: ";
    MAPPINGS.put("", small + "zzzzzz: 1");
    MAPPINGS.put("seeds", small + "seeds: {zzzzzz: 1}");
    MAPPINGS.put("schedule", small + "schedule: {zzzzzz: 1}");
    MAPPINGS.put("kafka", small + "kafka: {zzzzzz: 1}");
    MAPPINGS.put("network", small + "network: {zzzzzz: 1}");
    MAPPINGS.put("network.request", small + "network: {request: {zzzzzz: 1}}");
    MAPPINGS.put("limits", small + "limits: {zzzzzz: 1}");
    MAPPINGS.put("topics.*", "scenario: x\ntopics: {t: {zzzzzz: 1}}\nproduce: []");
    MAPPINGS.put("produce[]", produce + "zzzzzz: 1}]");
    MAPPINGS.put("produce[].keys", produce + "count: 1, rate: 1/s, keys: {zzzzzz: 1}}]");
    MAPPINGS.put("produce[].arrival", produce + "count: 1, arrival: {zzzzzz: 1}}]");
    MAPPINGS.put("produce[].replay[]", produce + "replay: [{zzzzzz: 1}]}]");
    MAPPINGS.put("produce[].size", produce + "count: 1, rate: 1/s, size: {zzzzzz: 1}}]");
    MAPPINGS.put(
        "produce[].transactions", produce + "count: 1, rate: 1/s, transactions: {zzzzzz: 1}}]");
    MAPPINGS.put("group", small + "group: {zzzzzz: 1}");
    MAPPINGS.put("engine", small + "engine: {zzzzzz: 1}");
    MAPPINGS.put("engine.commit", small + "engine: {commit: {zzzzzz: 1}}");
    MAPPINGS.put("engine.exactly-once", small + "engine: {exactly-once: {zzzzzz: 1}}");
    MAPPINGS.put("engine.batcher", small + "engine: {batcher: {zzzzzz: 1}}");
    MAPPINGS.put("engine.interjections", small + "engine: {interjections: {zzzzzz: 1}}");
    MAPPINGS.put("engine.poll", small + "engine: {poll: {zzzzzz: 1}}");
    MAPPINGS.put("engine.on-undecodable", small + "engine: {on-undecodable: {zzzzzz: 1}}");
    MAPPINGS.put(
        "engine.on-undecodable.backoff",
        small + "engine: {on-undecodable: {attempts: 1, then: skip, backoff: {zzzzzz: 1}}}");
    MAPPINGS.put("engine.on-failure", small + "engine: {on-failure: {zzzzzz: 1}}");
    MAPPINGS.put(
        "engine.on-failure.backoff",
        small + "engine: {on-failure: {attempts: 1, then: skip, backoff: {zzzzzz: 1}}}");
    MAPPINGS.put("engine.commit.backoff", small + "engine: {commit: {backoff: {zzzzzz: 1}}}");
    MAPPINGS.put(
        "engine.outputs.on-failure", small + "engine: {outputs: {on-failure: {zzzzzz: 1}}}");
    MAPPINGS.put(
        "engine.outputs.on-failure.backoff",
        small + "engine: {outputs: {on-failure: {attempts: 1, then: stop, backoff: {zzzzzz: 1}}}}");
    MAPPINGS.put(
        "produce[].headers.*", produce + "count: 1, rate: 1/s, headers: {h: {zzzzzz: 1}}}]");
    MAPPINGS.put("engine.types", small + "engine: {types: {zzzzzz: 1}}");
    MAPPINGS.put("engine.store", small + "engine: {store: {zzzzzz: 1}}");
    MAPPINGS.put("engine.patience", small + "engine: {patience: {zzzzzz: 1}}");
    for (String limit : List.of("job-deadline", "give-up")) {
      MAPPINGS.put(
          "engine.patience." + limit, small + "engine: {patience: {" + limit + ": {zzzzzz: 1}}}");
    }
    MAPPINGS.put("engine.outputs", small + "engine: {outputs: {zzzzzz: 1}}");
    MAPPINGS.put("engine.drain", small + "engine: {drain: {zzzzzz: 1}}");
    MAPPINGS.put("handler", small + "handler: {zzzzzz: 1}");
    MAPPINGS.put("handler.slow", small + "handler: {slow: {zzzzzz: 1}}");
    MAPPINGS.put("handler.slow[]", small + "handler: {slow: [{zzzzzz: 1}]}");
    MAPPINGS.put("faults[]", small + "faults: [{zzzzzz: 1, do: rebalance}]");
    MAPPINGS.put("faults[].do", small + "faults: [{on: Fetch, do: {zzzzzz: 1}}]");
    MAPPINGS.put("heal", small + "heal: {zzzzzz: 1}");
    MAPPINGS.put("swarm", small + "swarm: {zzzzzz: 1}");
    for (String place : List.of("schedule", "kafka", "network", "group", "engine", "handler")) {
      MAPPINGS.put("swarm." + place + "[]", small + "swarm: {" + place + ": [{zzzzzz: 1}]}");
    }
    MAPPINGS.put("swarm.produce[][]", small + "swarm: {produce: [[{topic: t, zzzzzz: 1}]]}");
    MAPPINGS.put("expect", expect + "{zzzzzz: 1}");
    MAPPINGS.put("expect.thresholds[]", expect + "{thresholds: [{zzzzzz: 1}]}");
  }

  static List<String> mappings() {
    return List.copyOf(MAPPINGS.keySet());
  }

  static List<String> names() {
    return ScenarioLibrary.list().stream().map(ScenarioLibrary.Entry::name).toList();
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void hasExactlyTheFieldsThatTheReaderKnows(String place) throws IOException {
    byte[] file = Objects.requireNonNull(MAPPINGS.get(place)).getBytes(UTF_8);
    ScenarioException refused =
        catchThrowableOfType(ScenarioException.class, () -> ScenarioReader.read("f.yaml", file));

    Matcher known = KNOWN.matcher(String.valueOf(refused.getMessage()));
    assertThat(known.matches()).as(refused.getMessage()).isTrue();
    assertThat(schema().fields(place)).containsExactly(known.group(1).split(", "));
  }

  @Test
  void hasNoMappingThatIsNotComparedWithTheReader() throws IOException {
    List<String> places = new ArrayList<>(mappings());
    places.add("handler.service");
    places.add("handler.slow.service");
    places.add("handler.slow[].service");
    places.add("network.response");
    places.add("produce[].arrival.think");
    places.add("faults[].do.delay");
    places.add("faults[].do.throttle");
    for (String place : List.copyOf(places)) {
      // The same tables as above.
      for (String drawn : List.of("network", "engine", "handler", "group")) {
        if (place.startsWith(drawn + ".")) {
          places.add("swarm." + drawn + "[]" + place.substring(drawn.length()));
        }
      }
      if (place.startsWith("produce[].")) {
        places.add("swarm.produce[][]" + place.substring("produce[]".length()));
      }
    }
    places.add("engine.producer-config");
    places.add("swarm.engine[].producer-config");
    places.add("engine.store.config");
    places.add("swarm.engine[].store.config");
    places.add("produce[].config");
    places.add("swarm.produce[][].config");
    places.add("group.member-config.*");
    places.add("swarm.group[].member-config.*");
    places.add("swarm.group[].config");
    places.add("group.config");
    places.add("topics.*.config");

    assertThat(schema().mappings()).containsExactlyInAnyOrderElementsOf(places);
  }

  @ParameterizedTest
  @MethodSource("names")
  void acceptsEveryShippedScenario(String name) throws IOException {
    String resource = "/io/heddle/scenarios/library/" + name + ".yaml";
    try (InputStream in =
        Objects.requireNonNull(ScenarioSchemaTest.class.getResourceAsStream(resource))) {
      assertThat(schema().problems(yaml(new String(in.readAllBytes(), UTF_8)))).isEmpty();
    }
  }

  @Test
  void acceptsWhateverTheWriterWrites() throws IOException {
    JsonSchema schema = schema();
    for (long seed = 1; seed <= 300; seed++) {
      String written = ScenarioWriter.write(RandomScenarios.of(seed));
      assertThat(schema.problems(yaml(written))).as(written).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sead: 1                                   | unknown sead
          limits: {virtual: 20}                     | limits.virtual
          engine: {mode: nayve}                     | engine.mode
          engine: {concurrency: 0}                  | engine.concurrency
          group: {config: {session.timeout: 1}}     | unknown session.timeout
          faults: [{at: 1s, every: 2s, do: rebalance}] | faults[0]
          faults: [{at: 1s}]                        | missing do
          faults: [{on: Fetch, do: {delay: fast}}]  | faults[0].do
          handler: {service: {uniform: [1ms]}}      | handler.service
          expect: {invariants: [key-odor]}          | expect.invariants[0]
          """)
  void refusesMistakesThatAnEditorShouldShow(String line, String problem) throws IOException {
    List<String> problems = schema().problems(yaml(ScenarioMistakesTest.SMALL + line));

    assertThat(problems).isNotEmpty();
    assertThat(String.join("; ", problems)).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"description", "$schema", "$defs", "prefixItems"})
  void saysWhatEditorsLookFor(String keyword) {
    assertThat(ScenarioSchema.json()).contains("\"" + keyword + "\"");
  }

  /** Lists are replaced anyway; what has exactly one of some fields is no mapping to be merged. */
  @Test
  void whatHasOneOfSomeFieldsIsReplacedAsAWholeByAnIncludingFile() throws IOException {
    assertThat(schema().choices())
        .filteredOn(place -> !place.contains("[]"))
        .allMatch(place -> Overriding.AS_A_WHOLE.stream().anyMatch(place::startsWith))
        .containsAll(List.of("network.request", "network.response", "handler.service"));
  }

  @Test
  void wantsTopicsAndWorkloadsUnlessTheyCanBeIncluded() throws IOException {
    assertThat(schema().problems(yaml("scenario: x\ntopics: {}"))).isNotEmpty();
    assertThat(schema().problems(yaml("scenario: x\ninclude: a.yaml"))).isEmpty();
    assertThat(schema().problems(yaml("scenario: x\ninclude: [a.yaml, b.yml]"))).isEmpty();
    assertThat(schema().problems(yaml("scenario: x\ninclude: below/a.yaml"))).isNotEmpty();
  }

  @Test
  void describesEveryField() throws IOException {
    assertThat(schema().undescribed()).isEmpty();
  }

  private static JsonSchema schema() throws IOException {
    return new JsonSchema(new ObjectMapper().readTree(ScenarioSchema.json()));
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }
}
