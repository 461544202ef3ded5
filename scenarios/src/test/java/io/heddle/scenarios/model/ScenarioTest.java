package io.heddle.scenarios.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private final Workload workload =
      new Workload(
          "orders",
          100L,
          null,
          new Arrival.Uniform(10),
          Workload.DEFAULT_KEYS,
          Workload.DEFAULT_SIZE,
          Duration.ofSeconds(1));
  private final Scenario scenario = Scenario.of("x", new Topic("orders", 6), workload);
  private final Fault rebalance =
      new Fault("r", new Trigger.At(Duration.ofSeconds(1)), new Action.Rebalance(), false);

  @Test
  void copiesItsLists() {
    List<Fault> faults = new ArrayList<>(List.of(rebalance));
    Scenario copy = scenario.withFaults(faults);

    faults.clear();

    assertThat(copy.faults()).containsExactly(rebalance);
  }

  @Test
  void refusesTwoFaultsOfOneName() {
    assertThatThrownBy(() -> scenario.withFaults(List.of(rebalance, rebalance)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("faults[1].name must be unique, was r again");
  }

  @Test
  void refusesAFaultForAMemberThatDoesNotExist() {
    Fault crash =
        new Fault(
            "c",
            new Trigger.At(Duration.ZERO),
            new Action.CrashClient(new Target("m2"), null),
            false);

    assertThatThrownBy(() -> scenario.withFaults(List.of(crash)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("faults[0].member must be any or among m1, was m2");
  }

  @Test
  void refusesAFaultAfterHealing() {
    Fault late =
        new Fault("l", new Trigger.At(Duration.ofSeconds(30)), new Action.Rebalance(), false);

    assertThatThrownBy(() -> scenario.withFaults(List.of(late)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("faults[0].at must be before heal.at (30s), when faults end, was 30s");
  }

  @Test
  void refusesAnOutcomeThatNobodyAsksFor() {
    assertThatThrownBy(
            () ->
                scenario.withExpect(
                    new Expect("unfired:r", Expect.DEFAULT.invariants(), List.of(), List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expect.outcome must be passed or something that");
  }

  @Test
  void refusesActionsThatTheirTriggerGivesNothingToActOn() {
    Trigger request =
        new Trigger.OnRequest(
            Api.FETCH,
            new Trigger.Pick.All(),
            new Trigger.Window(Duration.ZERO, Duration.ofSeconds(1)),
            new Target("m1"));

    assertThatThrownBy(
            () -> new Fault("f", request, new Action.RestartClient(new Target("m2")), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("member must be the same for the trigger and for what is done");
    assertThatThrownBy(
            () -> new Fault("f", new Trigger.At(Duration.ZERO), new Action.DropRequest(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("do must be something that can be done at a time, was drop-request");
  }

  @Test
  void knowsWhenTheLastRecordIsDue() {
    assertThat(workload.lastDue()).isEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void refusesTimesThatDoNotFitIntoALong() {
    assertThatThrownBy(() -> new Heal(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at must be at most 8760h, was 9223372036854775807s");
  }

  @Test
  void refusesSettingsThatKafkaWouldRefuse() {
    assertThatThrownBy(
            () -> new Group("g", 1, Duration.ZERO, new TreeMap<>(Map.of("max.poll.records", "0"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "config.max.poll.records must be a value that Kafka's consumer takes, was '0': Value"
                + " must be at least 1");
  }

  @Test
  void knowsOnlyErrorsThatKafkaKnows() {
    assertThat(KafkaErrors.names()).hasSize(30);
    for (String name : KafkaErrors.names()) {
      assertThat(org.apache.kafka.common.protocol.Errors.valueOf(name).name()).isEqualTo(name);
    }
  }

  @Test
  void knowsOnlyRequestsThatKafkaKnows() {
    for (Api api : Api.values()) {
      assertThat(org.apache.kafka.common.protocol.ApiKeys.valueOf(api.name()).name)
          .isEqualTo(api.label());
    }
  }
}
