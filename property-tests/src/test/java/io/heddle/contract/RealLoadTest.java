package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.scenarios.file.ScenarioLibrary;
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
    return ScenarioRunner.load(SCENARIO, 1, plan, Optional.of(target), 0, options);
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
