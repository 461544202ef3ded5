package io.heddle.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.check.Violation;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class RunHistoryTest {
  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final Member M1 = new Member("m1", 1);
  private static final long MILLI = 1_000_000;

  private final RunHistory history = new RunHistory();

  @Test
  void keepsAnyLengthOfTimeInAFewSpansAndLosesNoCount() {
    for (long i = 0; i < 5_000; i++) {
      history.accept(new Fact.Appended(i * 10 * MILLI, P0, i, "k"));
      history.response(i * 10 * MILLI, 1_000_000L * (i % 100));
    }

    TimeBuckets buckets = history.buckets();
    assertThat(buckets.all()).hasSizeBetween(TimeBuckets.MOST / 2, TimeBuckets.MOST);
    assertThat(buckets.all().size() * buckets.widthNanos()).isGreaterThan(49_990 * MILLI);
    assertThat(buckets.all().stream().mapToLong(TimeBuckets.Bucket::appended).sum())
        .isEqualTo(5_000);
    assertThat(buckets.all().get(0).response(100)).isNotNull();
    assertThat(history.responseCurve().get(history.responseCurve().size() - 1).count())
        .isEqualTo(5_000);
  }

  @Test
  void mergesLagByTakingTheLaterOne() {
    history.accept(new Fact.Appended(0, P0, 0, "k"));
    history.accept(new Fact.Appended(MILLI / 2, P0, 9, "k"));
    history.accept(commit(MILLI, P0, 4));
    assertThat(history.buckets().all().get(0).lag(P0)).isEqualTo(10);
    assertThat(history.buckets().all().get(1).lag(P0)).isEqualTo(6);

    history.accept(new Fact.Appended(MILLI * TimeBuckets.MOST, P1, 0, "k"));
    assertThat(history.buckets().all().get(0).lag(P0)).isEqualTo(6);
    assertThat(history.buckets().all().get(0).lag(P1)).isNull();
  }

  @Test
  void tellsWhoOwnedWhatAndHowItEnded() {
    Member m2 = new Member("m2", 1);
    history.accept(new Fact.Assigned(1, M1, 1, List.of(P0, P1)));
    history.accept(new Fact.Revoked(5, M1, List.of(P1)));
    history.accept(new Fact.Assigned(6, m2, 2, List.of(P1)));
    history.accept(new Fact.Lost(7, M1, List.of(P0), "session timeout"));
    history.accept(new Fact.Crashed(8, m2));
    history.accept(new Fact.Assigned(9, M1, 3, List.of(P0)));
    history.accept(new Fact.RunEnded(10, true, ""));

    assertThat(history.tenures().all())
        .containsExactly(
            new Tenures.Tenure(M1, P1, 1, 1, 5, "revoked"),
            new Tenures.Tenure(M1, P0, 1, 1, 7, "lost: session timeout"),
            new Tenures.Tenure(m2, P1, 2, 6, 8, "crashed"),
            new Tenures.Tenure(M1, P0, 3, 9, 10, "end of the run"));
    assertThat(history.tenures().leftOut()).isZero();
  }

  @Test
  void countsTheTenuresThatItLeavesOut() {
    for (int i = 0; i < Tenures.MOST + 3; i++) {
      history.accept(new Fact.Assigned(i, M1, i, List.of(P0)));
      history.accept(new Fact.Revoked(i, M1, List.of(P0)));
    }

    assertThat(history.tenures().all()).hasSize(Tenures.MOST);
    assertThat(history.tenures().leftOut()).isEqualTo(3);
  }

  @Test
  void namesTheRecordThatHeldTheCommitBackFromTheFirstThatWaitedForIt() {
    for (int offset = 0; offset < 5; offset++) {
      history.accept(new Fact.Appended(0, P0, offset, "k" + offset));
    }
    complete(10, 1);
    complete(20, 3);
    complete(50, 0);
    complete(90, 2);
    complete(95, 4);

    assertThat(history.gaps().longest())
        .containsExactly(
            new CommitGaps.Gap(P0, 0, "k0", 10, 50, 2, true),
            new CommitGaps.Gap(P0, 2, "k2", 50, 90, 1, true));
  }

  @Test
  void namesTheRecordThatNeverCompletedAndForgetsWhatRetentionTook() {
    for (int offset = 0; offset < 4; offset++) {
      history.accept(new Fact.Appended(0, P0, offset, "k" + offset));
    }
    history.accept(new Fact.Removed(1, P0, 0, 1));
    complete(10, 2);
    history.accept(new Fact.RunEnded(40, false, ""));

    assertThat(history.gaps().longest())
        .containsExactly(new CommitGaps.Gap(P0, 1, "k1", 10, 40, 1, false));
  }

  @Test
  void keepsWhatHappenedToThePartitionOfTheFirstViolation() {
    Fact.Started first = new Fact.Started(1, M1, P0, 7, "a");
    Fact.Started second = new Fact.Started(2, M1, P0, 8, "a");
    history.accept(new Fact.Assigned(0, M1, 1, List.of(P0, P1)));
    history.accept(first);
    history.accept(new Fact.Started(1, M1, P1, 3, "b"));
    history.accept(second);
    history.violated(new Violation("key-exclusive", "both", 2, List.of(first, second)));
    history.violated(new Violation("other", "later", 3, List.of()));
    history.accept(new Fact.Ended(4, M1, P0, 7, "a"));
    history.accept(new Fact.Ended(5, M1, P1, 3, "b"));

    assertThat(history.scene().partition()).contains(P0);
    assertThat(history.scene().violation().orElseThrow().message()).isEqualTo("both");
    assertThat(history.scene().facts())
        .containsExactly(
            new Fact.Assigned(0, M1, 1, List.of(P0, P1)),
            first,
            second,
            new Fact.Ended(4, M1, P0, 7, "a"));
  }

  @Test
  void saysHowManyFactsOfASceneItLeftOut() {
    for (int i = 0; i < FailureScene.MOST + 5; i++) {
      history.accept(new Fact.Started(i, M1, P0, i, "a"));
    }
    Fact.Started breach = new Fact.Started(99, M1, P0, 1, "a");
    history.violated(new Violation("key-order", "again", 99, List.of(breach)));

    assertThat(history.scene().facts()).hasSize(FailureScene.MOST);
    assertThat(history.scene().leftOut()).isEqualTo(5);
  }

  private void complete(long at, long offset) {
    history.accept(new Fact.Completed(at, M1, P0, offset, "k" + offset));
  }

  private static Fact commit(long at, TopicPartition partition, long offset) {
    return new Fact.Committed(at, "g", M1, 1, partition, offset, -1, "");
  }
}
