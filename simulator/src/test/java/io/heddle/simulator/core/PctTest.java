package io.heddle.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.Recording;
import io.heddle.simulator.choice.RecordingChoices;
import io.heddle.simulator.choice.ReplayedChoices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PctTest {
  private static final int SEEDS = 4_000;

  /** The long actor's steps in {@link #race}. */
  private static final int LONG = 10;

  /**
   * All at one time, an actor takes ten steps and another one step. The mistake shows if that one
   * comes right behind a certain one of the ten.
   */
  private static List<String> race(Choices choices, Schedule schedule) throws Exception {
    Simulation simulation = new Simulation(choices, Limits.DEFAULT, schedule);
    List<String> order = new ArrayList<>();
    simulation.run(
        () -> {
          chain(simulation, new Actor("long"), "a", 1, LONG, order);
          chain(simulation, new Actor("short"), "b", 1, 1, order);
          simulation.sleep(1);
          return true;
        });
    return order;
  }

  /** Steps of one actor, each of which brings the next about. */
  private static void chain(
      Simulation simulation, Actor actor, String name, int step, int steps, List<String> order) {
    var unused =
        simulation.after(
            0,
            null,
            actor,
            () -> {
              order.add(name + step);
              if (step < steps) {
                chain(simulation, actor, name, step + 1, steps, order);
              }
            });
  }

  private static double share(Schedule schedule, int behind) {
    return LongStream.rangeClosed(1, SEEDS)
            .filter(
                seed -> {
                  try {
                    return race(new SeededChoices(seed), schedule).indexOf("b1") == behind;
                  } catch (Exception impossible) {
                    throw new AssertionError(impossible);
                  }
                })
            .count()
        / (double) SEEDS;
  }

  /** Uniformly, b is behind the i-th step, and before the next one, once in (i + 1)(i + 2). */
  @ParameterizedTest
  @CsvSource({"1", "4", "7"})
  void findsWhatTakesTwoStepsMoreOftenThanTheBoundAndUniformlyAsRareAsItIs(int behind) {
    double uniform = 1.0 / ((behind + 1) * (behind + 2));
    double bound = 1.0 / (2 * (LONG + 1));

    assertThat(share(Schedule.UNIFORM, behind)).isCloseTo(uniform, within(error(uniform)));
    assertThat(share(new Schedule.Pct(2, LONG + 1), behind)).isGreaterThan(bound - error(bound));
  }

  /** By so much is a share of the seeds off at most, but once in two thousand times. */
  private static double error(double probability) {
    return 3.5 * Math.sqrt(probability * (1 - probability) / SEEDS);
  }

  @Test
  void findsTheLaterStepsMuchMoreOftenThanUniformly() {
    assertThat(share(new Schedule.Pct(2, LONG + 1), 8))
        .isGreaterThan(3 * share(Schedule.UNIFORM, 8));
  }

  @Test
  void withoutAChangeAnActorTakesAllItsStepsInARow() throws Exception {
    int shortFirst = 0;
    for (long seed = 1; seed <= 200; seed++) {
      int index = race(new SeededChoices(seed), new Schedule.Pct(1, 1)).indexOf("b1");
      assertThat(index).isIn(0, LONG);
      shortFirst += index == 0 ? 1 : 0;
    }
    assertThat(shortFirst).isBetween(70, 130);
  }

  @Test
  void whoFallsComesBehindAllThatHaveNotFallen() throws Exception {
    Simulation simulation = new Simulation(plainest(), Limits.DEFAULT, new Schedule.Pct(2, 3));
    List<String> order = new ArrayList<>();
    simulation.run(
        () -> {
          for (String name : List.of("a", "b", "c")) {
            Actor actor = new Actor(name);
            for (int i = 1; i <= 2; i++) {
              String step = name + i;
              var unused = simulation.after(0, null, actor, () -> order.add(step));
            }
          }
          simulation.sleep(1);
          return true;
        });

    // In the order of their coming, a1, a2, b1: and then b falls.
    assertThat(order).containsExactly("a1", "a2", "b1", "c1", "c2", "b2");
  }

  /** All decide for the least, so that nobody is before anybody else but by coming earlier. */
  private static Choices plainest() {
    return purpose -> bound -> 0;
  }

  @Test
  void theSameSeedIsTheSameOrder() throws Exception {
    Schedule schedule = new Schedule.Pct(3, 12);
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(race(new SeededChoices(seed), schedule))
          .isEqualTo(race(new SeededChoices(seed), schedule));
    }
  }

  @Test
  void whatIsDecidedIsRecordedAndReplayed() throws Exception {
    Schedule schedule = new Schedule.Pct(3, 12);
    RecordingChoices recorder = new RecordingChoices(new SeededChoices(5));
    List<String> order = race(recorder, schedule);
    Recording recording = recorder.recording();

    ReplayedChoices replayed = new ReplayedChoices(recording);
    assertThat(race(replayed, schedule)).isEqualTo(order);
    assertThat(replayed.divergence()).isEmpty();
    assertThat(recording.streams()).containsKeys("schedule.actors", "schedule.changes");
  }

  @Test
  void whoWaitsForSomebodyWhomItKeepsBackIsNotStuck() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      Simulation simulation =
          new Simulation(new SeededChoices(seed), Limits.DEFAULT, new Schedule.Pct(2, 100));
      boolean[] done = new boolean[1];
      long time =
          simulation.run(
              () -> {
                SimHandle busy =
                    simulation.spawn(
                        null,
                        "busy",
                        () -> {
                          while (!done[0]) {
                            simulation.sleep(0);
                          }
                        });
                SimHandle other = simulation.spawn(null, "other", () -> done[0] = true);
                busy.join(Long.MAX_VALUE);
                other.join(Long.MAX_VALUE);
                return simulation.nanoTime();
              });
      assertThat(time).isZero();
    }
  }

  @Test
  void whoGoesLaterTakesLonger() throws Exception {
    Simulation simulation =
        new Simulation(new SeededChoices(3), Limits.DEFAULT, new Schedule.Pct(1, 1));
    Actor one = new Actor("one");
    Actor other = new Actor("other");
    List<String> order = new ArrayList<>();
    simulation.run(
        () -> {
          Timer unused = simulation.after(0, null, one, () -> order.add("one"));
          Timer unusedToo = simulation.after(0, null, other, () -> order.add("other"));
          simulation.sleep(1);
          return true;
        });
    long ofOne = simulation.pace(one, bound -> 7).below(1_000);
    long ofOther = simulation.pace(other, bound -> 7).below(1_000);

    assertThat(order.get(0)).isEqualTo(ofOne < ofOther ? "one" : "other");
    assertThat(simulation.pace(one, bound -> 7).below(1_000)).isEqualTo(ofOne).isBetween(0L, 989L);
  }

  @Test
  void whoFallsTakesVeryLongForAWhileAndLongFromThenOn() throws Exception {
    Simulation simulation = new Simulation(plainest(), Limits.DEFAULT, new Schedule.Pct(2, 1));
    Actor actor = new Actor("falling");
    simulation.run(
        () -> {
          Timer unused = simulation.after(0, null, actor, () -> {});
          Timer unusedToo = simulation.after(0, null, new Actor("other"), () -> {});
          simulation.sleep(1);
          return true;
        });
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      times.add(simulation.pace(actor, bound -> 7).below(1_000_000));
    }

    assertThat(times.subList(0, 10)).containsOnly(999_999L);
    assertThat(times.subList(10, 12)).containsOnly(990_000L);
  }

  @Test
  void uniformlyItIsDrawnHowLongItTakes() {
    Simulation simulation = new Simulation(new SeededChoices(3), Limits.DEFAULT);

    assertThat(simulation.pace(new Actor("any"), bound -> 7).below(1_000)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | 1  | depth must be from 1 to 100, was 0
          101 | 1  | depth must be from 1 to 100, was 101
          3   | 0  | steps must be from 1 to 1000000000000, was 0
          """)
  void refusesNumbersOutOfRange(int depth, long steps, String message) {
    assertThatThrownBy(() -> new Schedule.Pct(depth, steps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
