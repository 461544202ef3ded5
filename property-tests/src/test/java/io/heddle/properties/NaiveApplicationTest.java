package io.heddle.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.result.RunResult;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The scenarios are hard enough: an application that takes no care of keys fails them. */
class NaiveApplicationTest {
  private static final long SEED = 20260102;
  private static final int SAMPLE = 60;
  private static final int SIZE = 1_000;

  @Property(seed = "20260102", tries = 50, edgeCases = EdgeCasesMode.NONE)
  @AddLifecycleHook(MustBeFalsified.class)
  void does_not_keep_the_order_of_keys_as_few_records_show(@ForAll("naive") Run run) {
    assertThat(breaksTheOrder(run)).isFalse();
  }

  @Example
  void does_not_keep_the_order_of_keys_in_most_runs() {
    RandomGenerator<Run> generator = naive().generator(SIZE, false);
    Random random = new Random(SEED);

    int broken = 0;
    for (int i = 0; i < SAMPLE; i++) {
      broken += breaksTheOrder(generator.next(random).value()) ? 1 : 0;
    }

    assertThat(broken).isGreaterThan(SAMPLE / 2);
  }

  @Provide
  Arbitrary<Run> naive() {
    return ScenarioArbitraries.naiveRuns();
  }

  private static boolean breaksTheOrder(Run run) {
    return run.simulate().violations().stream()
        .map(RunResult.Violation::invariant)
        .anyMatch("key-order"::equals);
  }
}
