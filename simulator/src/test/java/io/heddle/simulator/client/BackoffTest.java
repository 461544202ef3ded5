package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long MILLI = 1_000_000;

  private final CountedChoices choices = new CountedChoices();

  /** Counts what is drawn for waits, and draws the plainest if it is told so. */
  private static final class CountedChoices implements Choices {
    private final Choices seeded = new SeededChoices(1);
    private boolean plain;
    private int drawn;

    @Override
    public Stream stream(String purpose) {
      assertThat(purpose).isEqualTo("client.backoff");
      return bound -> {
        drawn++;
        return plain ? 0 : seeded.stream(purpose).below(bound);
      };
    }
  }

  private Backoff backoff(long firstMs, long maxMs) {
    return new Backoff(new ClientTimes(1, 1, firstMs * MILLI, maxMs * MILLI, 1), choices);
  }

  private static long[] waitsMs(Backoff backoff, long exponent) {
    return LongStream.range(0, 10_000).map(each -> backoff.nanos(exponent) / MILLI).toArray();
  }

  @Test
  void doublesAndIsAFifthLessOrMore() {
    Backoff backoff = backoff(100, 10_000);

    for (int exponent = 0; exponent < 6; exponent++) {
      long middle = 100L << exponent;
      long[] waits = waitsMs(backoff, exponent);
      assertThat(Arrays.stream(waits).min()).hasValue(middle * 8 / 10);
      assertThat(Arrays.stream(waits).max().orElse(0))
          .isBetween(middle * 12 / 10 - 1, middle * 12 / 10);
      assertThat(Arrays.stream(waits).average().orElseThrow())
          .isBetween(middle * 0.99, middle * 1.01);
      assertThat(backoff.longestNanos(exponent)).isEqualTo(middle * 12 / 10 * MILLI);
    }
  }

  @Test
  void isNeverLongerThanTheMost() {
    Backoff backoff = backoff(100, 1_000);

    for (long exponent : new long[] {4, 5, 63, 64, Long.MAX_VALUE}) {
      long[] waits = waitsMs(backoff, exponent);
      assertThat(Arrays.stream(waits).min().orElse(0)).isBetween(799L, 800L);
      assertThat(Arrays.stream(waits).max()).hasValue(1_000);
      // What would have been longer is the most.
      assertThat(Arrays.stream(waits).filter(wait -> wait == 1_000).count())
          .isBetween(4_500L, 5_500L);
    }
  }

  @Test
  void isTheSameEachTimeWhereItCannotGrow() {
    for (long[] times : new long[][] {{500, 300}, {300, 300}, {300, 0}}) {
      Backoff backoff = backoff(times[0], times[1]);
      long expected = Math.min(times[0], times[1]);
      assertThat(waitsMs(backoff, 0)).containsOnly(expected);
      assertThat(waitsMs(backoff, 7)).containsOnly(expected);
      assertThat(backoff.longestNanos(7)).isEqualTo(expected * MILLI);
    }
    assertThat(choices.drawn).as("decisions where there is nothing to decide").isZero();
  }

  @Test
  void thatOfNothingStaysNothing() {
    assertThat(waitsMs(backoff(0, 1_000), 9)).containsOnly(0);
    assertThat(choices.drawn).isZero();
  }

  @Test
  void thePlainestIsTheMiddle() {
    choices.plain = true;
    Backoff backoff = backoff(100, 1_000);

    assertThat(LongStream.range(0, 6).map(it -> backoff.nanos(it) / MILLI))
        .containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
  }

  @Test
  void aRequestWaitsLongerAfterEachFailureAndAWhileAfterASuccess() {
    choices.plain = true;
    RequestPace pace = new RequestPace(backoff(100, 1_000));
    assertThat(pace.notBefore(0)).isNotPositive();

    pace.failed(0);
    assertThat(pace.notBefore(0)).isEqualTo(100 * MILLI);
    pace.failed(100 * MILLI);
    assertThat(pace.notBefore(100 * MILLI)).isEqualTo(300 * MILLI);
    pace.succeeded(300 * MILLI);
    assertThat(pace.notBefore(300 * MILLI)).isEqualTo(400 * MILLI);
    pace.failed(400 * MILLI);
    assertThat(pace.notBefore(400 * MILLI)).isEqualTo(500 * MILLI);
    pace.reset();
    assertThat(pace.notBefore(400 * MILLI)).isNotPositive();
    pace.failed(400 * MILLI);
    assertThat(pace.notBefore(400 * MILLI)).isEqualTo(500 * MILLI);
  }

  @Test
  void aWaitIsDrawnOnceAndOnlyIfThereIsOne() {
    RequestPace pace = new RequestPace(backoff(100, 1_000));
    pace.failed(0);
    assertThat(pace.notBefore(120 * MILLI)).isLessThanOrEqualTo(120 * MILLI);
    assertThat(choices.drawn).isZero();

    pace.failed(200 * MILLI);
    long notBefore = pace.notBefore(201 * MILLI);
    assertThat(notBefore).isBetween(360 * MILLI, 440 * MILLI);
    assertThat(pace.notBefore(202 * MILLI)).isEqualTo(notBefore);
    assertThat(choices.drawn).isEqualTo(1);
  }

  @Test
  void theClusterIsAskedAboutLessOftenWhileAnswersTellNothingNew() {
    choices.plain = true;
    RefreshTimes times = new RefreshTimes(backoff(100, 1_000), 300_000 * MILLI);
    assertThat(times.due(0)).isTrue();
    assertThat(times.notBefore(0)).isNotPositive();

    long now = 0;
    times.answered(now, true);
    assertThat(times.due(now)).isFalse();
    times.retry();
    // Even after news there is a while; then after the first answer without, the same again.
    for (long waitMs : new long[] {100, 100, 200, 400, 800, 1_000, 1_000}) {
      assertThat(times.notBefore(now)).isEqualTo(now + waitMs * MILLI);
      now += waitMs * MILLI;
      times.ask();
      times.answered(now, false);
      times.retry();
    }
    times.answered(now, true);
    assertThat(times.notBefore(now)).isEqualTo(now + 100 * MILLI);
  }

  @Test
  void whoLacksSomethingOfTheClusterDoesNotWaitForLonger() {
    choices.plain = true;
    RefreshTimes times = new RefreshTimes(backoff(100, 1_000), 300_000 * MILLI);
    for (int i = 0; i < 5; i++) {
      times.answered(0, false);
    }
    times.lack();
    assertThat(times.due(0)).isTrue();
    assertThat(times.notBefore(0)).isEqualTo(100 * MILLI);

    times.answered(0, false);
    times.answered(0, false);
    times.answered(0, false);
    times.widen();
    assertThat(times.notBefore(0)).as("what is of interest anew").isNotPositive();
  }

  @Test
  void whatIsOfInterestWhileAnAnswerIsOnItsWayIsAskedForAgain() {
    RefreshTimes times = new RefreshTimes(backoff(100, 1_000), 300_000 * MILLI);
    times.ask();
    times.retry();
    times.answered(0, true);
    assertThat(times.due(0)).as("the answer is as new as who asked for it").isFalse();

    times.retry();
    times.ask();
    times.widen();
    times.answered(0, true);
    assertThat(times.due(0)).isTrue();
    assertThat(times.notBefore(0)).isBetween(80 * MILLI, 120 * MILLI);
  }

  @Test
  void theClusterIsAskedAboutLessOftenAfterEachFailure() {
    choices.plain = true;
    RefreshTimes times = new RefreshTimes(backoff(100, 1_000), 300_000 * MILLI);
    for (long waitMs : new long[] {100, 200, 400, 800, 1_000}) {
      times.ask();
      times.failed(0);
      assertThat(times.due(0)).isTrue();
      assertThat(times.notBefore(0)).isEqualTo(waitMs * MILLI);
    }
    times.answered(0, true);
    times.retry();
    assertThat(times.notBefore(0)).isEqualTo(100 * MILLI);
  }

  @Test
  void whatIsOldIsAskedForAnewAsIfAnswersHadBeenUseful() {
    choices.plain = true;
    RefreshTimes times = new RefreshTimes(backoff(100, 1_000), 500 * MILLI);
    for (int i = 0; i < 9; i++) {
      times.answered(0, false);
    }
    times.retry();
    assertThat(times.notBefore(0)).isEqualTo(1_000 * MILLI);
    assertThat(times.notBefore(501 * MILLI)).isLessThanOrEqualTo(501 * MILLI);
  }
}
