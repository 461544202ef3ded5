package io.heddle.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.load.LoadMeasurements;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.run.RealTarget;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Load on a real broker, and brokers that refuse it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealLoadTest {
  private static final Scenario SCENARIO = withoutThresholds(ScenarioLibrary.load("slow-key"));

  private EmbeddedKafka kafka;

  /** How quick this machine is does not matter here. */
  private static Scenario withoutThresholds(Scenario scenario) {
    Expect expect = scenario.expect();
    return scenario.withExpect(
        new Expect(expect.outcome(), expect.invariants(), List.of(), expect.reached()));
  }

  @BeforeAll
  void start() throws Exception {
    kafka =
        EmbeddedKafka.start(
            1,
            Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true"));
  }

  @AfterAll
  void stop() throws Exception {
    kafka.close();
  }

  private LoadResult load(String suffix, double rate, int seconds, RunOptions options)
      throws Exception {
    return load(SCENARIO, suffix, rate, seconds, options);
  }

  private LoadResult load(
      Scenario scenario, String suffix, double rate, int seconds, RunOptions options)
      throws Exception {
    LoadPlan plan =
        new LoadPlan(
            OptionalDouble.of(rate),
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(seconds),
            1,
            false,
            0,
            true);
    RealTarget target = new RealTarget("embedded", kafka.bootstrapServers(), Map.of(), suffix);
    return ScenarioRunner.load(scenario, 1, plan, Optional.of(target), 0, options);
  }

  private Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }

  @Test
  void measuresEveryRecordThatWasDueInItsTime() throws Exception {
    LoadResult result = load("-measured", 100, 3, RunOptions.DEFAULT);

    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().records()).isEqualTo(400);
    assertThat(result.run().response().count()).isEqualTo(300);
    assertThat(result.measurements().achievedRate()).isBetween(20.0, 110.0);
    assertThat(result.measurements().stages())
        .extracting(LoadMeasurements.OfStage::stage)
        .containsExactly("late", "send", "wait", "work", "finish", "commit");
    assertThat(result.measurements().partitions())
        .extracting(LoadMeasurements.OfPartition::partition)
        .containsExactly("orders-0", "orders-1");
    assertThat(topics()).noneMatch(name -> name.endsWith("-measured"));
  }

  /** And records with headers, and a change log that the members make. */
  @Test
  void measuresRecordsInTransactionsUntilTheyAreComplete() throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            "in-transactions.yaml",
            """
            scenario: in-transactions
            topics: {orders: {partitions: 2, replication: 1}}
            produce:
              - topic: orders
                rate: 100/s
                count: 100
                headers: {kind: [order, refund]}
                transactions: {records: 10, aborted: 30%}
            group: {members: 2, config: {isolation.level: read_committed}}
            engine:
              store: {change-log: changes, on: disk, create: true, replication: 1}
              types: {header: kind, handled: [refund, order]}
            """
                .getBytes(UTF_8));

    LoadResult result = load(scenario, "-in-transactions", 100, 3, RunOptions.DEFAULT);

    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().records()).isBetween(100L, 390L);
    assertThat(result.measurements().uncommitted()).isPositive();
    assertThat(result.run().records() + result.measurements().uncommitted()).isEqualTo(400);
    assertThat(result.measurements().stages())
        .extracting(LoadMeasurements.OfStage::stage)
        .containsExactly("late", "send", "open", "wait", "work", "finish", "commit");
    assertThat(topics()).noneMatch(name -> name.endsWith("-in-transactions"));
  }

  @Test
  void leavesAPartialResultAndNoTopicsWhenItIsInterrupted() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    RunOptions options =
        RunOptions.DEFAULT
            .withProgress((done, total) -> enough.compareAndSet(false, done >= 150))
            .withInterrupted(enough::get);

    LoadResult result = load("-interrupted", 100, 600, options);

    assertThat(result.measurements().endedEarly()).isTrue();
    assertThat(result.run().violations()).isEmpty();
    assertThat(result.run().response().count()).isBetween(20L, 300L);
    assertThat(topics()).noneMatch(name -> name.endsWith("-interrupted"));
  }

  @Test
  void saysWhatTheBrokerSaysWhenTheGroupIsForbidden() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      ResourcePattern group =
          new ResourcePattern(
              ResourceType.GROUP, SCENARIO.group().id() + "-forbidden", PatternType.LITERAL);
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      group,
                      new AccessControlEntry(
                          "User:ANONYMOUS", "*", AclOperation.READ, AclPermissionType.DENY))))
          .all()
          .get();
    }

    assertThatThrownBy(() -> load("-forbidden", 100, 60, RunOptions.DEFAULT))
        .isInstanceOf(RealTarget.Unavailable.class)
        .hasMessageContaining("refuses: Not authorized to access group");
    assertThat(topics()).noneMatch(name -> name.endsWith("-forbidden"));
  }

  @Test
  void saysWhatTheBrokerSaysWhenItsSettingsForbidTheGroup() {
    Scenario scenario = ScenarioLibrary.load("quickstart");
    assertThat(scenario.group().config()).containsEntry("session.timeout.ms", "3000");
    RealTarget target = new RealTarget("embedded", kafka.bootstrapServers(), Map.of(), "-short");

    assertThatThrownBy(() -> ScenarioRunner.runForReal(scenario, 1, target, RunOptions.DEFAULT))
        .isInstanceOf(RealTarget.Unavailable.class)
        .hasMessageContaining("refuses: The session timeout is not within the range allowed");
  }
}
