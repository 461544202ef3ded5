package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.result.RunResult;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A run in virtual time that somebody wants to end. */
final class InterruptedRunTest {
  /** The rest of the day would take longer than a user waits for the report. */
  @Test
  void doesNotLetTheRestOfItsTimePass() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    RunOptions options =
        RunOptions.DEFAULT
            .withProgress((done, total) -> enough.compareAndSet(false, done >= 1_000))
            .withInterrupted(enough::get);

    RunResult result = ScenarioRunner.simulate(ScenarioLibrary.load("day-of-traffic"), 1, options);

    assertThat(result.records()).isBetween(1_000L, 10_000L);
    assertThat(result.violations()).isEmpty();
    assertThat(result.virtualMillis()).isLessThan(3_600_000);
  }
}
