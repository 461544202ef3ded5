package io.heddle.simulator.check;

import static io.heddle.simulator.check.History.finds;
import static io.heddle.simulator.check.History.legal;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact.Outcome;
import org.junit.jupiter.api.Test;

/** The anomalies of transactions: histories that have them, and others that come near to them. */
class TransactionAnomalyTest {
  // ---- aborted-read

  private static History aborted() {
    return new History().sent("w", "x", "t-0@0", "a").ended("w", "x", Outcome.FAILED);
  }

  @Test
  void aReadOfAnAbortedTransactionIsFoundBeforeAndAfterItsEnd() {
    String message = "t-0: r was given offset 0 (a), of the aborted transaction x";
    finds(Anomaly.ABORTED_READ, aborted().polled("r", "t-0@0=a"), message);
    finds(
        Anomaly.ABORTED_READ,
        new History()
            .polled("r", "t-0@0=a")
            .sent("w", "x", "t-0@0", "a")
            .ended("w", "x", Outcome.FAILED),
        message);
  }

  @Test
  void aReadOfASendThatHasFailedIsFoundByItsValue() {
    finds(
        Anomaly.ABORTED_READ,
        new History()
            .sent("w", "", 1, "t-0", "a", Outcome.FAILED)
            .polled("r", "", false, "t-0@7=a"),
        "t-0: r was given offset 7 (a), whose send had failed");
  }

  @Test
  void aReadOfWhatWasCommittedOrMayHaveBeenOrByWhoeverReadsEverythingIsLegal() {
    legal(Anomaly.ABORTED_READ, aborted().polled("r", "", false, "t-0@0=a"));
    legal(
        Anomaly.ABORTED_READ,
        new History().sent("w", "x", "t-0@0", "a").commits("w", "x").polled("r", "t-0@0=a"));
    legal(
        Anomaly.ABORTED_READ,
        new History()
            .sent("w", "x", "t-0@0", "a")
            .ended("w", "x", Outcome.UNKNOWN)
            .polled("r", "t-0@0=a"));
    // Sent again after the abort, at another offset.
    legal(
        Anomaly.ABORTED_READ,
        aborted().sent("w", "y", "t-0@2", "a").commits("w", "y").polled("r", "t-0@2=a"));
    // Of two sends of one value nobody knows which it was.
    legal(
        Anomaly.ABORTED_READ,
        new History()
            .sent("w", "", 1, "t-0", "a", Outcome.FAILED)
            .sent("w", "", 2, "t-0", "a", Outcome.UNKNOWN)
            .polled("r", "t-0@7=a"));
  }

  // ---- precommitted-read

  @Test
  void aReadBeforeTheCommitBeginsIsFound() {
    String message = "t-0: r was given offset 0 (a) before its transaction x was committed";
    finds(
        Anomaly.PRECOMMITTED_READ,
        new History().sent("w", "x", "t-0@0", "a").polled("r", "t-0@0=a").commits("w", "x"),
        message);
    finds(
        Anomaly.PRECOMMITTED_READ,
        new History().polled("r", "t-0@0=a").sent("w", "x", "t-0@0", "a"),
        message);
  }

  @Test
  void aReadWhileTheCommitIsUnderWayOrOfEverythingIsLegal() {
    legal(
        Anomaly.PRECOMMITTED_READ,
        new History()
            .sent("w", "x", "t-0@0", "a")
            .committing("w", "x")
            .polled("r", "t-0@0=a")
            .ended("w", "x", Outcome.UNKNOWN));
    legal(
        Anomaly.PRECOMMITTED_READ,
        new History()
            .sent("w", "x", "t-0@0", "a")
            .polled("all", "", false, "t-0@0=a")
            .commits("w", "x")
            .polled("r", "t-0@0=a"));
    // A history that does not say when commits begin.
    legal(
        Anomaly.PRECOMMITTED_READ,
        new History()
            .sent("w", "x", "t-0@0", "a")
            .polled("r", "t-0@0=a")
            .ended("w", "x", Outcome.OK));
  }

  // ---- g1c

  private static History circle(String first, String second) {
    return new History()
        .sent("w1", "x", "t-0@0", "a")
        .sent("w2", "y", "t-1@0", "b")
        .polled("w1", first, false, "t-1@0=b")
        .polled("w2", second, false, "t-0@0=a");
  }

  @Test
  void twoTransactionsThatReadEachOtherAreACircle() {
    finds(
        Anomaly.G1C,
        circle("x", "y").commits("w1", "x").commits("w2", "y"),
        "a circle of 2 transactions: x reads what was written by y, y reads what was written by x");
  }

  @Test
  void committedOffsetsAreReads() {
    finds(
        Anomaly.G1C,
        new History()
            .sent("w1", "x", "t-0@0", "a")
            .offsetSent("w1", "x", "t-1", 1)
            .commits("w1", "x")
            .sent("w2", "y", "t-1@0", "b")
            .offsetSent("w2", "y", "t-0", 1)
            .commits("w2", "y"),
        "a circle of 2 transactions: x reads what was written by y, y reads what was written by x");
  }

  @Test
  void aLongCircleIsFound() {
    History history = new History();
    int length = 3_000;
    for (int i = 0; i < length; i++) {
      history
          .sent("w", "x" + i, "t-" + i + "@0", "v")
          .polled("w", "x" + i, true, "t-" + (i + 1) % length + "@0=v")
          .commits("w", "x" + i);
    }

    CheckReport report = history.finished().judgedBy(Anomaly.G1C);

    assertThat(report.violated()).isEqualTo(1);
    assertThat(History.messages(report).get(0))
        .startsWith("a circle of 3000 transactions: ")
        .endsWith(", …")
        .hasSizeLessThan(500);
    assertThat(report.violations().get(0).timeline()).hasSizeLessThan(20);
  }

  @Test
  void aChainOrACircleOverWhatWasNotCommittedIsLegal() {
    History chain =
        new History()
            .sent("w", "x", "t-0@0", "a")
            .polled("w", "y", true, "t-0@0=a")
            .sent("w", "y", "t-1@0", "b")
            .polled("w", "z", true, "t-1@0=b", "t-0@0=a");
    legal(Anomaly.G1C, chain.commits("w", "x").commits("w", "y").commits("w", "z"));
    History open =
        circle("x", "y")
            .commits("w1", "x")
            .ended("w2", "y", Outcome.FAILED)
            .sent("w", "z", "t-2@0", "c")
            .commits("w", "z")
            .polled("w1", "x", false, "t-2@0=c");
    legal(Anomaly.G1C, open);
  }

  /** Two open transactions may write to two partitions in either order: Kafka's are like that. */
  @Test
  void circlesByTheOrderOfWritesAreExcusedUnlessAskedFor() {
    History history =
        new History()
            .sent("w1", "x", "t-0@0", "a")
            .sent("w2", "y", "t-0@1", "b")
            .sent("w2", "y", "t-1@0", "c")
            .commits("w2", "y")
            .polled("w1", "x", true, "t-1@0=c")
            .commits("w1", "x")
            .finished();

    CheckReport report = history.judgedBy(Anomaly.G1C);
    assertThat(report.holds()).isTrue();
    assertThat(report.excused()).containsOnlyKeys("order of writes");

    CheckReport strict =
        History.judge(
            history.facts(), Anomaly.G1C.checker(CheckSettings.DEFAULT.withWritesInOrder(true)));
    assertThat(History.messages(strict))
        .containsExactly(
            "a circle of 2 transactions: x reads what was written by y, y writes after x");
  }
}
