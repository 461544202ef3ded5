package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.result.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a fault that never fired. */
class UnfiredTest {
  private static RunResult run(String faults) throws Exception {
    String file =
        """
        scenario: unfired
        kafka: {initial-rebalance-delay: 0s}
        topics: {t: {partitions: 1}}
        produce: [{topic: t, count: 30, rate: 50/s}]
        faults: [%s]
        heal: {at: 3s, within: 30s}
        """;
    return ScenarioRunner.simulate(
        ScenarioReader.read("f.yaml", file.formatted(faults).getBytes(UTF_8)),
        1,
        RunOptions.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          on: LeaveGroup, between: [1s, 2s], do: drop-request | there was no LeaveGroup from 1s to 2s
          on: LeaveGroup, member: m1, do: drop-request | there was no LeaveGroup of m1 from 0s to 3s
          on: JoinGroup, nth: 9, do: drop-request | there were only 2, not 9
          on: JoinGroup, every: 9, do: drop-request | there were only 2, not 9
          on: JoinGroup, probability: 0.01%, do: drop-request | of 2 none was drawn
          when: lost, do: rebalance | there was no 'lost' from 0s to 3s
          when: lost, member: m1, between: [1s, 2s], do: rebalance | there was no 'lost' of m1 from 1s to 2s
          when: assigned, nth: 7, do: rebalance | there was only one, not 7
          """)
  void saysWhy(String fault, String reason) throws Exception {
    RunResult result = run("{name: f, " + fault + "}");

    assertThat(result.faults())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.fired()).isZero();
              assertThat(each.note()).isEqualTo(reason);
            });
    assertThat(result.violations())
        .extracting(each -> each.message())
        .containsExactly("the fault f never fired: " + reason);
  }

  @Test
  void saysThatAnotherFaultMayHaveTakenItsRequests() throws Exception {
    RunResult result =
        run(
            "{name: e, on: JoinGroup, do: drop-request},"
                + " {name: f, on: JoinGroup, do: disconnect, may-not-fire: true}");

    assertThat(result.faults().get(1).note())
        .isEqualTo("there was no JoinGroup from 0s to 3s, or faults before it took them");
  }

  @Test
  void saysNothingOfOneThatFired() throws Exception {
    RunResult result = run("{name: f, on: JoinGroup, do: drop-request, once: true}");

    assertThat(result.faults()).singleElement().satisfies(each -> assertThat(each.note()).isNull());
  }
}
