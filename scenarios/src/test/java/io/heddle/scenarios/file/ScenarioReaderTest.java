package io.heddle.scenarios.file;

import static io.heddle.scenarios.file.ScenarioMistakesTest.SMALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Api;
import io.heddle.scenarios.model.Arrival;
import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.Keys;
import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.model.Target;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
  @Test
  void fillsInTheDefaultsOfAModel() {
    Workload workload =
        new Workload(
            "t",
            10L,
            null,
            new Arrival.Uniform(10),
            Workload.DEFAULT_KEYS,
            Workload.DEFAULT_SIZE,
            Duration.ZERO);

    assertThat(read(SMALL)).isEqualTo(Scenario.of("x", new Topic("t", 1), workload));
  }

  @Test
  void takesAByteOrderMarkAndTheLineEndsOfWindows() {
    assertThat(read("\uFEFF" + SMALL.replace("\n", "\r\n"))).isEqualTo(read(SMALL));
  }

  @Test
  void readsEveryUnit() {
    Scenario scenario =
        read(
            SMALL
                + """
                limits: {virtual: 2h, wall: 1.5m, events: 5_000_000}
                network: {request: 100us, response: {uniform: [1ms, 3s]}}
                """);

    assertThat(scenario.limits().virtual()).isEqualTo(Duration.ofHours(2));
    assertThat(scenario.limits().wall()).isEqualTo(Duration.ofSeconds(90));
    assertThat(scenario.limits().events()).isEqualTo(5_000_000);
    assertThat(scenario.network().request()).isEqualTo(new Distribution.Constant(100_000));
    assertThat(scenario.network().response())
        .isEqualTo(new Distribution.Uniform(1_000_000, 3_000_000_000L));
  }

  @Test
  void readsWorkloadsOfEveryKind() {
    Scenario scenario =
        read(
            """
            scenario: x
            topics: {t: {partitions: 1}}
            produce:
              - {topic: t, for: 5s, rate: 120/m, arrival: poisson, keys: {zipf: 1.1, count: 50}}
              - {topic: t, count: 1_000, arrival: burst, keys: {hot: 12.5%, count: 9}, start-at: 2s}
              - {topic: t, count: 9, rate: 1/s, keys: single, size: {lognormal: [2KB, 0.5]}}
              - {topic: t, count: 9, rate: 1/s, keys: {sequential: 3}, size: {exponential: 1MB}}
            """);

    assertThat(scenario.produce())
        .extracting(Workload::keys)
        .containsExactly(
            new Keys.Zipf(1.1, 50),
            new Keys.Hot(0.125, 9),
            new Keys.Single(),
            new Keys.Sequential(3));
    assertThat(scenario.produce())
        .extracting(Workload::arrival)
        .startsWith(new Arrival.Poisson(2), new Arrival.Burst());
    assertThat(scenario.produce().get(2).size()).isEqualTo(new Distribution.LogNormal(2048, 0.5));
    assertThat(scenario.produce().get(3).size()).isEqualTo(new Distribution.Exponential(1 << 20));
  }

  @Test
  void readsFaultsOfEveryKind() {
    Scenario scenario =
        read(
            SMALL
                + """
                group: {members: 2}
                faults:
                  - {at: 5s, do: pause-client, member: m2, for: 3s}
                  - {every: 5s, jitter: 2s, do: rebalance, may-not-fire: true}
                  - {on: OffsetCommit, nth: 3, do: apply-then-drop}
                  - {on: Fetch, probability: 1%, between: [5s, 20s], do: {delay: 50ms}, name: slow}
                  - {on: Heartbeat, once: true, member: m1, do: {error: NOT_COORDINATOR}}
                  - {on: Produce, do: drop-request}
                  - {at: 7s, do: crash-client, restart-after: 2s}
                  - {at: 8s, do: restart-client}
                """);

    assertThat(scenario.faults())
        .extracting(Fault::name)
        .containsExactly(
            "pause-client-1",
            "rebalance-2",
            "apply-then-drop-3",
            "slow",
            "error-5",
            "drop-request-6",
            "crash-client-7",
            "restart-client-8");
    assertThat(scenario.faults().get(0).action())
        .isEqualTo(new Action.PauseClient(new Target("m2"), Duration.ofSeconds(3)));
    assertThat(scenario.faults().get(1))
        .isEqualTo(
            new Fault(
                "rebalance-2",
                new Trigger.Every(
                    Duration.ofSeconds(5), Duration.ofSeconds(2), scenario.heal().at()),
                new Action.Rebalance(),
                true));
    assertThat(scenario.faults().get(3).trigger())
        .isEqualTo(
            new Trigger.OnRequest(
                Api.FETCH,
                new Trigger.Pick.Share(0.01),
                new Trigger.Window(Duration.ofSeconds(5), Duration.ofSeconds(20)),
                Target.ANY));
    assertThat(scenario.faults().get(4).trigger())
        .isEqualTo(
            new Trigger.OnRequest(
                Api.HEARTBEAT,
                new Trigger.Pick.First(1),
                new Trigger.Window(Duration.ZERO, scenario.heal().at()),
                new Target("m1")));
  }

  @Test
  void letsSingleLimitsChangeAPresetOfTheScheduler() {
    Scenario scenario = read(SMALL + "engine: {scheduler: slow-network, queue-depth: 7}\n");

    assertThat(scenario.engine().scheduler()).isEqualTo(new Engine.Scheduler(64, 7, 10_000));
  }

  @Test
  void keepsConsumerSettingsAsTheyAreWritten() {
    Scenario scenario =
        read(SMALL + "group: {config: {session.timeout.ms: 3001, check.crcs: false}}\n");

    assertThat(scenario.group().config())
        .containsEntry("session.timeout.ms", "3001")
        .containsEntry("check.crcs", "false");
  }

  @Test
  void aMembersOwnHeartbeatsCountAndByTheConsumerProtocolTheyFitTheSession() {
    String shortSession = "session.timeout.ms: 1000";

    assertThat(
            read(SMALL
                    + "group: {config: {"
                    + shortSession
                    + "}, member-config: {m1: {heartbeat.interval.ms: 999}}}\n")
                .group()
                .configOf("m1"))
        .containsEntry("heartbeat.interval.ms", "999");
    assertThat(
            read(SMALL + "kafka: {protocol: consumer}\ngroup: {config: {" + shortSession + "}}\n")
                .group()
                .config())
        .containsEntry("session.timeout.ms", "1000");
  }

  @Test
  void readsOneSlowKeyWithoutAList() {
    Scenario scenario = read(SMALL + "handler: {slow: {key: k0, service: 2s}}\n");

    assertThat(scenario.handler().serviceOf("k0"))
        .isEqualTo(new Distribution.Constant(2_000_000_000L));
    assertThat(scenario.handler().serviceOf("k1")).isEqualTo(scenario.handler().service());
  }

  @Test
  void readsWhatIsExpected() {
    Scenario scenario =
        read(
            SMALL
                + """
                expect:
                  outcome: threshold:max_lag
                  faults: all-fired
                  thresholds:
                    - {metric: response_time, p99.9: < 50ms}
                    - {metric: max_lag, value: <20_000}
                  reached: [commit-failed, revoke-with-work-in-flight>=10]
                """);

    assertThat(scenario.expect().outcome()).isEqualTo("threshold:max_lag");
    assertThat(scenario.expect().thresholds())
        .containsExactly(
            new Threshold(Threshold.Metric.RESPONSE_TIME, Threshold.Statistic.P999, 50_000_000),
            new Threshold(Threshold.Metric.MAX_LAG, Threshold.Statistic.MAX, 20_000));
    assertThat(scenario.expect().reached())
        .containsExactly(new Mark("commit-failed", 1), new Mark("revoke-with-work-in-flight", 10));
  }

  @Test
  void readsARangeOfSeeds() {
    assertThat(read(SMALL + "seeds: {from: 5, count: 100}\n").seeds())
        .isEqualTo(new SeedRange(5, 100));
  }

  @Test
  void refusesAFileThatIsTooLargeBeforeItReadsIt(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> ScenarioReader.read(file))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(file + ":1:1: the file has 1048577 bytes, and the limit is 1048576");
  }

  @Test
  void refusesADirectory(@TempDir Path folder) {
    assertThatThrownBy(() -> ScenarioReader.read(folder))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(folder + ":1:1: is a directory, not a file");
  }

  @Test
  void refusesADevice() {
    assertThatThrownBy(() -> ScenarioReader.read(Path.of("/dev/null")))
        .isInstanceOf(ScenarioException.class)
        .hasMessageMatching(".*null:1:1: (is not a regular file|there is no such file)");
  }

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), SMALL);

    assertThat(ScenarioReader.read(file)).isEqualTo(read(SMALL));
  }

  private static Scenario read(String text) {
    return ScenarioReader.read("f.yaml", text.getBytes(UTF_8));
  }
}
