package io.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each arm at each workload, with a hundredth of the records: what a round asserts must hold. */
class RoundTest {
  static List<Arguments> rounds() {
    List<Arguments> rounds = new ArrayList<>();
    for (Workload workload : Workload.values()) {
      if (workload != Workload.EOS) {
        workload.arms().forEach(arm -> rounds.add(Arguments.of(workload, arm)));
      }
    }
    return rounds;
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void holdsItsPromises(Workload workload, Arm arm) throws Exception {
    double value = new Round(workload, arm, true).run();

    if (workload == Workload.CHURN) {
      assertThat(value).isGreaterThanOrEqualTo(0);
    } else {
      assertThat(value).isPositive();
    }
  }
}
