package io.heddle.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.choice.SeededChoices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Simulation simulation = new Simulation(new SeededChoices(1), Limits.DEFAULT);

  @Test
  void whatIsCalledOffDoesNotPileUp() throws Exception {
    int most =
        simulation.run(
            () -> {
              int seen = 0;
              for (int i = 0; i < 10_000; i++) {
                simulation.after(Duration.ofHours(1).toNanos(), null, () -> {}).cancel();
                seen = Math.max(seen, simulation.pending());
              }
              return seen;
            });

    assertThat(most).isBetween(1, 64);
  }

  @Test
  void callingOffChangesNothingOfTheRest() throws Exception {
    assertThat(order(true)).hasSize(500).isEqualTo(order(false));
  }

  /** In which order events happen, with and without others beside them that are called off. */
  private static List<Integer> order(boolean calledOff) throws Exception {
    Simulation simulation = new Simulation(new SeededChoices(7), Limits.DEFAULT);
    List<Integer> order = new ArrayList<>();
    simulation.run(
        () -> {
          List<Timer> others = new ArrayList<>();
          for (int i = 0; i < 500; i++) {
            int number = i;
            Timer kept = simulation.after(i % 7, null, () -> order.add(number));
            others.add(simulation.after(i % 5, null, () -> {}));
            assertThat(kept).isNotNull();
          }
          if (calledOff) {
            others.forEach(Timer::cancel);
            others.forEach(Timer::cancel);
          }
          simulation.sleep(100);
          return true;
        });
    return order;
  }
}
