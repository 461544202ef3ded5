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
  private static Scenario scenario(String protocol, String group, String workload, String more) {
    return ScenarioReader.read(
        "f.yaml",
        """
        scenario: settings
        kafka: {initial-rebalance-delay: 0s, protocol: %s}
        topics: {orders: {partitions: 4}}
        produce: [{topic: orders, for: 5s, rate: 100/s, keys: {uniform: 20}, %s}]
        group: {members: 3, %s, config: {session.timeout.ms: 3000, heartbeat.interval.ms: 400, request.timeout.ms: 1000, default.api.timeout.ms: 4000, fetch.max.wait.ms: 100}}
        engine: {concurrency: 8, commit: {every: 100ms}}
        handler: {service: {uniform: [5ms, 20ms]}}
        heal: {at: 6s, within: 50s}
        %s
        """
            .formatted(protocol, workload, group, more)
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

  /** At how many different times records came into a log. */
  private static long appendTimes(Scenario scenario) throws Exception {
    List<Long> times = new ArrayList<>();
    RunResult result =
        ScenarioRunner.simulate(
            scenario,
            1,
            RunOptions.DEFAULT.withHistory(
                new RunHistory(
                    fact -> {
                      if (fact instanceof Fact.Appended record) {
                        times.add(record.atNanos());
                      }
                    })));
    assertThat(result.violations()).isEmpty();
    return times.stream().distinct().count();
  }
}
