package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {
  private static final String ENGINE = "engine: {concurrency: 8, commit: {every: 100ms}}\n";

  private static Scenario scenario(String protocol, String group, String workload, String more) {
    return ScenarioReader.read(
        "f.yaml",
        """
        scenario: settings
        kafka: {initial-rebalance-delay: 0s, protocol: %s}
        topics: {orders: {partitions: 4}}
        produce: [{topic: orders, for: 5s, rate: 100/s, keys: {uniform: 20}, %s}]
        group: {members: 3, %s, config: {session.timeout.ms: 3000, heartbeat.interval.ms: 400, request.timeout.ms: 1000, default.api.timeout.ms: 4000, fetch.max.wait.ms: 100}}
        handler: {service: {uniform: [5ms, 20ms]}}
        heal: {at: 6s, within: 50s}
        %s
        """
            .formatted(protocol, workload, group, more.contains("engine:") ? more : ENGINE + more)
            .getBytes(UTF_8));
  }

  /** How often members were assigned partitions after the group had come together. */
  private static long assignments(Scenario scenario) throws Exception {
    List<Fact.Assigned> later = new ArrayList<>();
    RunResult result =
        ScenarioRunner.simulate(
            scenario,
            1,
            RunOptions.DEFAULT.withHistory(
                new RunHistory(
                    fact -> {
                      if (fact instanceof Fact.Assigned assigned
                          && assigned.atNanos() > 2_000_000_000L
                          && !assigned.partitions().isEmpty()) {
                        later.add(assigned);
                      }
                    })));
    assertThat(result.violations()).isEmpty();
    return later.stream().filter(fact -> !fact.member().name().equals("m2")).count();
  }

  @Test
  void aStaticMemberThatComesBackInTimeTakesNothingFromTheOthers() throws Exception {
    String restart = "faults: [{at: 3s, do: crash-client, member: m2, restart-after: 500ms}]\n";

    assertThat(assignments(scenario("classic", "static: true", "size: 50B", restart))).isZero();
    assertThat(assignments(scenario("classic", "static: false", "size: 50B", restart)))
        .isPositive();
  }

  /** By the consumer protocol an id is free again when its session is over, and not before. */
  @Test
  void aStaticMemberOfTheConsumerProtocolComesBackAfterItsSession() throws Exception {
    String restart =
        "faults: [{at: 2500ms, do: crash-client, member: m2, restart-after: 3200ms}]\n";

    assertThat(assignments(scenario("consumer", "static: true", "size: 50B", restart)))
        .isPositive();
  }

  @Test
  void aMemberHasSettingsOfItsOwn() {
    Scenario scenario =
        scenario("classic", "static: true, member-config: {m3: {client.rack: b}}", "size: 1B", "");

    assertThat(MemberConfig.of(scenario, "g", "m1"))
        .containsEntry("group.instance.id", "m1")
        .containsEntry("session.timeout.ms", "3000")
        .doesNotContainKey("client.rack");
    assertThat(MemberConfig.of(scenario, "g", "m3"))
        .containsEntry("group.instance.id", "m3")
        .containsEntry("session.timeout.ms", "3000")
        .containsEntry("client.rack", "b");
  }

  /**
   * Each partition is empty first, and is asked about again when a request would have timed out.
   */
  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void membersStartAtWhatIsNotOlderThanADuration(String protocol) throws Exception {
    String member =
        "member-config: {m1: {auto.offset.reset: 'by_duration:PT1H'}, m2: {auto.offset.reset:"
            + " 'by_duration:PT1H'}, m3: {auto.offset.reset: 'by_duration:PT1H'}}";

    RunResult result =
        ScenarioRunner.simulate(scenario(protocol, member, "size: 50B", ""), 1, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
  }

  /** With a linger of 200 ms, records of 2 s come in about ten batches per partition. */
  @Test
  void aWorkloadHasSettingsOfItsProducer() throws Exception {
    long plain = appendTimes(scenario("classic", "static: false", "size: 50B", ""));
    long lingering =
        appendTimes(
            scenario(
                "classic", "static: false", "size: 50B, config: {linger.ms: 200, acks: 1}", ""));

    assertThat(lingering).isLessThan(150);
    assertThat(plain).isGreaterThan(300);
  }

  /** A transactional producer is as patient as its member's consumer, unless settings say else. */
  @Test
  void exactlyOnceHasSettingsOfItsProducer() {
    assertThat(MemberConfig.ofProducer(exactlyOnce(""), "m1", "id"))
        .containsEntry("transactional.id", "id")
        .containsEntry("transaction.timeout.ms", "3000")
        .containsEntry("request.timeout.ms", "1000")
        .containsEntry("max.block.ms", "4000")
        .containsEntry("delivery.timeout.ms", "3000")
        .containsEntry("linger.ms", "5");
    String settings = "linger.ms: 300, request.timeout.ms: 5000, compression.type: gzip";
    assertThat(MemberConfig.ofProducer(exactlyOnce(settings), "m1", "id"))
        .containsEntry("transaction.timeout.ms", "3000")
        .containsEntry("request.timeout.ms", "5000")
        .containsEntry("delivery.timeout.ms", "5300")
        .containsEntry("linger.ms", "300")
        .containsEntry("compression.type", "gzip");
  }

  @Test
  void outputsGoByTheSettingsOfTheirProducer() throws Exception {
    long plain = appendTimes(exactlyOnce(""), "outputs");
    long lingering = appendTimes(exactlyOnce("linger.ms: 300"), "outputs");

    assertThat(lingering).isLessThan(plain / 2);
  }

  @Test
  void aStoresChangesGoByTheSettingsOfTheirProducer() throws Exception {
    long plain = appendTimes(engine("store: changes"), "changes");
    long lingering =
        appendTimes(engine("store: changes, producer-config: {linger.ms: 150}"), "changes");

    assertThat(lingering).isLessThan(plain / 2);
  }

  private static Scenario exactlyOnce(String producer) {
    return engine(
        "exactly-once: {timeout: 3s, batch-delay: 100ms}, producer-config: {" + producer + "}");
  }

  private static Scenario engine(String settings) {
    return scenario(
        "classic", "static: false", "size: 50B", "engine: {concurrency: 8, " + settings + "}\n");
  }

  private static long appendTimes(Scenario scenario) throws Exception {
    return appendTimes(scenario, "");
  }

  /** At how many different times records came into the logs of a topic, or of any. */
  private static long appendTimes(Scenario scenario, String topic) throws Exception {
    List<Long> times = new ArrayList<>();
    RunResult result =
        ScenarioRunner.simulate(
            scenario,
            1,
            RunOptions.DEFAULT.withHistory(
                new RunHistory(
                    fact -> {
                      if (fact instanceof Fact.Appended record
                          && (topic.isEmpty() || record.partition().topic().equals(topic))) {
                        times.add(record.atNanos());
                      }
                    })));
    assertThat(result.violations()).isEmpty();
    return times.stream().distinct().count();
  }
}
