package io.heddle.simulator.junit;

import static io.heddle.simulator.junit.JupiterRun.failures;
import static io.heddle.simulator.junit.JupiterRun.onlyFailure;
import static io.heddle.simulator.junit.JupiterRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.core.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes that are run stand above what is expected of them. */
class ScheduledTestsTest {
  private static final int TASKS = 8;

  /** Tests of a run go one after the other. */
  private static final List<String> SEEN = new ArrayList<>();

  /** In which order tasks are done that are due at one time. */
  private static void note(SimulatedKafka kafka, Executor executor) {
    List<Integer> order = new ArrayList<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      int task = i;
      all.add(CompletableFuture.runAsync(() -> order.add(task), executor));
    }
    while (!all.stream().allMatch(CompletableFuture::isDone)) {
      kafka.simulation().sleep(1);
    }
    SEEN.add(order.toString());
  }

  static class Uniform {
    @SimulatedKafkaTest(seeds = 10)
    void notes(SimulatedKafka kafka, Executor executor) {
      note(kafka, executor);
    }
  }

  static class SaidToBeUniform {
    @SimulatedKafkaTest(seeds = 10, schedule = "uniform")
    void notes(SimulatedKafka kafka, Executor executor) {
      note(kafka, executor);
    }
  }

  static class ByPriorities {
    @SimulatedKafkaTest(seeds = 10, schedule = "pct:2")
    void notes(SimulatedKafka kafka, Executor executor) {
      note(kafka, executor);
    }
  }

  @SimulatedKafkaTest(seeds = 10, schedule = "pct:2")
  static class AllByPriorities {
    @Test
    void notes(SimulatedKafka kafka, Executor executor) {
      note(kafka, executor);
    }
  }

  private static List<String> orders(Class<?> type) {
    SEEN.clear();
    assertThat(failures(run(type))).isEmpty();
    assertThat(SEEN).hasSize(10);
    return List.copyOf(SEEN);
  }

  @Test
  void theScheduleDecidesTheOrderAndIsUniformUnlessItIsSaid() {
    List<String> uniform = orders(Uniform.class);
    List<String> pct = orders(ByPriorities.class);

    assertThat(orders(SaidToBeUniform.class)).isEqualTo(uniform);
    assertThat(orders(ByPriorities.class)).isEqualTo(pct).isNotEqualTo(uniform);
    assertThat(orders(AllByPriorities.class)).isEqualTo(pct);
  }

  static class Failing {
    @SimulatedKafkaTest(seeds = 2, schedule = "pct")
    @Seed(7)
    void fails(SimulatedProcess process) {
      throw new IllegalStateException("too few orders of " + process);
    }
  }

  @Test
  void aFailureNamesTheScheduleBesideTheSeed() {
    assertThat(onlyFailure(Failing.class))
        .hasMessageEndingWith("\nseed 7 by schedule pct:3, to replay: @Seed(7) or -Dheddle.seed=7");
  }

  static class NoSchedule {
    @SimulatedKafkaTest(schedule = "fair")
    void never() {}
  }

  @SimulatedKafkaTest(schedule = "pct:101")
  static class NoDepth {
    @Test
    void never() {}
  }

  @Test
  void whatIsNoScheduleIsRefusedWithWhatIsOne() {
    assertThat(onlyFailure(NoSchedule.class))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@SimulatedKafkaTest(schedule = \"fair\"): it must be uniform, pct or pct:DEPTH");
    assertThat(onlyFailure(NoDepth.class))
        .hasMessage(
            "@SimulatedKafkaTest(schedule = \"pct:101\"): depth must be from 1 to 100, was 101");
  }

  @ParameterizedTest
  @CsvSource({"uniform, uniform", "pct, pct:3", "pct:1, pct:1", "pct:100, pct:100"})
  void isReadAsItIsWritten(String text, String label) {
    assertThat(Schedule.of(text).label()).isEqualTo(label);
    assertThat(Schedule.of(label)).isEqualTo(Schedule.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PCT", "pct:", "pct:-1", "pct:2:3", " pct", "pct:12345678901"})
  void isReadStrictly(String text) {
    assertThatThrownBy(() -> Schedule.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it must be uniform, pct or pct:DEPTH");
  }
}
