package io.heddle.scenarios.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heddle.scenarios.load.LoadComparison.Change;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadComparisonTest {
  /** Exponential response times around a mean that wanders from second to second. */
  private static Intervals run(long seed, double meanMillis, int seconds) {
    Choices.Stream choices = new SeededChoices(seed).stream("times");
    IntervalLog log = new IntervalLog(0, seconds * 1_000_000_000L);
    for (int second = 0; second < seconds; second++) {
      double mean = meanMillis * (0.9 + 0.2 * choices.unit());
      for (int i = 0; i < 200; i++) {
        double millis = -mean * StrictMath.log1p(-choices.unit());
        log.response(second * 1_000_000_000L + i, (long) (millis * 1e6), true);
        log.response(second * 1_000_000_000L + i, 1_000, false);
      }
    }
    return Intervals.parse(log.text().getBytes(UTF_8));
  }

  @Test
  void readsWhatWasMeasuredAndNotTheWarmUp() {
    Intervals intervals = run(1, 10, 20);

    assertThat(intervals.size()).isEqualTo(20);
    List<Change> changes = LoadComparison.compare(intervals, intervals);
    assertThat(changes)
        .extracting(Change::name)
        .containsExactly("rate", "p50", "p90", "p99", "p99.9");
    assertThat(changes.get(0).a()).isCloseTo(200, within(0.1));
    assertThat(changes.get(1).a()).isCloseTo(10e6 * Math.log(2), within(0.5e6));
  }

  @Test
  void seesAChangeThatIsThere() {
    List<Change> changes = LoadComparison.compare(run(1, 10, 60), run(2, 13, 60));

    assertThat(changes.subList(1, 4))
        .allSatisfy(
            change -> {
              assertThat(change.isShown()).isTrue();
              assertThat(change.low()).isLessThan(0.3);
              assertThat(change.high()).isGreaterThan(0.3);
            });
    assertThat(changes.get(0).isShown()).isFalse();
  }

  @Test
  void seesNoneWhereThereIsNoneInMostOfManyPairs() {
    int wrong = 0;
    for (int pair = 0; pair < 40; pair++) {
      List<Change> changes =
          LoadComparison.compare(run(100 + pair, 10, 30), run(900 + pair, 10, 30));
      wrong += changes.get(1).isShown() ? 1 : 0;
    }
    // Of 40 pairs 2 are expected to be wrong at 95 %; a bootstrap of 30 blocks is a little bold.
    assertThat(wrong).isBetween(0, 8);
  }

  @Test
  void saysTheSameEachTime() {
    assertThat(LoadComparison.compare(run(1, 10, 20), run(2, 11, 20)))
        .isEqualTo(LoadComparison.compare(run(1, 10, 20), run(2, 11, 20)));
  }

  @Test
  void refusesWhatIsNoLog() {
    assertThatThrownBy(() -> Intervals.parse("hello, world\n1,2,3\n".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Intervals.parse(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no interval");
  }
}
