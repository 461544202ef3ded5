package io.heddle.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.history.Member;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private final Simulation simulation = new Simulation(new SeededChoices(1), Limits.DEFAULT);
  private final SimProcess process = new SimProcess(new Member("m1", 1));
  private final SimRuntime runtime = new SimRuntime(simulation, process);
  private final Clock clock = runtime.clock();

  private long shownAfter(ClockSkew skew, Duration time) throws Exception {
    process.skewClock(skew);
    return simulation.run(
        () -> {
          simulation.sleep(time.toNanos());
          assertThat(clock.instant().toEpochMilli()).isEqualTo(clock.millis());
          return clock.millis() - SimClock.START.toEpochMilli();
        });
  }

  @Test
  void aClockShowsTheTrueTimeByDefault() throws Exception {
    assertThat(shownAfter(ClockSkew.none(), Duration.ofSeconds(5))).isEqualTo(5_000);
  }

  @Test
  void aConstantSkewHoldsFromTheStart() throws Exception {
    assertThat(shownAfter(ClockSkew.constant(Duration.ofMillis(-7)), Duration.ofSeconds(5)))
        .isEqualTo(4_993);
  }

  @Test
  void aStepComesAtItsTime() {
    ClockSkew skew = ClockSkew.step(Duration.ofNanos(100), Duration.ofNanos(7));

    assertThat(skew.offsetNanos(99)).isZero();
    assertThat(skew.offsetNanos(100)).isEqualTo(7);
  }

  @Test
  void aLinearSkewGrowsForADayWithoutOverflow() throws Exception {
    ClockSkew skew = ClockSkew.linear(Duration.ofSeconds(10), Duration.ofMillis(900));

    assertThat(skew.offsetNanos(Duration.ofSeconds(9).toNanos())).isZero();
    assertThat(skew.offsetNanos(Duration.ofSeconds(12).toNanos()))
        .isEqualTo(Duration.ofMillis(1_800).toNanos());
    assertThat(shownAfter(skew, Duration.ofHours(24)))
        .isEqualTo(86_400_000L + (86_400_000L - 10_000) * 9 / 10);
  }

  @Test
  void aLinearSkewMustNotTurnTheClockBack() {
    assertThatThrownBy(() -> ClockSkew.linear(Duration.ZERO, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("perSecond must be less than a second");
  }

  @Test
  void aPeriodicSkewIsAheadAndBehindByTurns() throws Exception {
    ClockSkew skew =
        ClockSkew.periodic(Duration.ofSeconds(10), Duration.ofHours(2), Duration.ofSeconds(8));

    assertThat(skew.offsetNanos(Duration.ofSeconds(9).toNanos())).isZero();
    assertThat(skew.offsetNanos(Duration.ofSeconds(10).toNanos())).isZero();
    assertThat(skew.offsetNanos(Duration.ofSeconds(11).toNanos()))
        .isEqualTo(Duration.ofHours(1).toNanos());
    assertThat(skew.offsetNanos(Duration.ofSeconds(12).toNanos()))
        .isEqualTo(Duration.ofHours(2).toNanos());
    assertThat(skew.offsetNanos(Duration.ofSeconds(14).toNanos())).isZero();
    assertThat(skew.offsetNanos(Duration.ofSeconds(16).toNanos()))
        .isEqualTo(Duration.ofHours(-2).toNanos());
    assertThat(shownAfter(skew, Duration.ofSeconds(10 + 8 * 10_000 + 7)))
        .isEqualTo(10_000 + 8 * 10_000_000L + 7_000 - Duration.ofHours(1).toMillis());
  }

  @Test
  void aPeriodicSkewNeedsAWidthAndAPeriod() {
    assertThatThrownBy(
            () -> ClockSkew.periodic(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by and period must be positive");
  }

  @Test
  void timersAndMonotonicTimeRunTrueAndDeadlinesOnTheClockDoNot() throws Exception {
    process.skewClock(ClockSkew.constant(Duration.ofSeconds(60)));
    Lock lock = runtime.locks().get();

    long waited =
        simulation.run(
            () ->
                runtime
                    .executor("app", 1)
                    .submit(
                        () -> {
                          lock.lock();
                          Condition never = lock.newCondition();
                          Date deadline = Date.from(clock.instant().plusMillis(250));
                          boolean signalled = true;
                          while (signalled) {
                            signalled = never.awaitUntil(deadline);
                          }
                          return runtime.nanoTime().getAsLong();
                        })
                    .get());

    assertThat(waited).isEqualTo(Duration.ofMillis(250).toNanos());
  }
}
