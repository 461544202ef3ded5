package io.heddle.simulator.check;

import static io.heddle.simulator.check.History.finds;
import static io.heddle.simulator.check.History.legal;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Fact.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For each anomaly histories that have it, and others that come as near to it as is legal. */
class AnomalyTest {
  @Test
  void anomaliesHaveNamesAndCheckers() {
    for (Anomaly anomaly : Anomaly.values()) {
      assertThat(anomaly.checker().name()).isEqualTo(anomaly.label());
      assertThat(anomaly.checker().report().vacuous()).isTrue();
      assertThat(anomaly.description()).doesNotContain("\n").isNotBlank();
    }
    assertThat(Checks.anomalies().reports())
        .extracting(CheckReport::invariant)
        .containsExactlyElementsOf(Anomaly.labels());
    assertThat(Invariant.labels()).doesNotContainAnyElementsOf(Anomaly.labels());
  }

  // ---- lost-write

  private static History threeWrites() {
    return new History().sent("w", "t-0@0", "a").sent("w", "t-0@1", "b").sent("w", "t-0@2", "c");
  }

  @Test
  void anAcknowledgedRecordThatNobodyReadsBetweenOthersIsLost() {
    finds(
        Anomaly.LOST_WRITE,
        threeWrites().polled("r1", "t-0@0=a").polled("r2", "t-0@2=c"),
        "t-0: offset 1 (b), which w wrote, was never read, but offsets 0 and 2 were");
  }

  @Test
  void aCommittedRecordThatNobodyReadsIsLostWhicheverIsToldFirst() {
    finds(
        Anomaly.LOST_WRITE,
        new History()
            .polled("r", "t-0@0=a", "t-0@2=c")
            .sent("w", "x", "t-0@1", "b")
            .commits("w", "x"),
        "t-0: offset 1 (b), which w wrote, was never read, but offsets 0 and 2 were");
  }

  @Test
  void aRecordReadBySomebodyOrNotReachedOrTakenAwayIsNotLost() {
    legal(
        Anomaly.LOST_WRITE,
        threeWrites().polled("r1", "t-0@0=a", "t-0@2=c").polled("r2", "t-0@1=b"));
    legal(Anomaly.LOST_WRITE, threeWrites().polled("r1", "t-0@0=a", "t-0@1=b"));
    legal(Anomaly.LOST_WRITE, threeWrites().polled("r1", "t-0@1=b", "t-0@2=c"));
    legal(
        Anomaly.LOST_WRITE,
        threeWrites().polled("r", "t-0@0=a").removed("t-0", 1, 2).polled("r", "t-0@2=c"));
    legal(
        Anomaly.LOST_WRITE,
        threeWrites().polled("r", "t-0@0=a").truncated("t-0", 1).polled("r", "t-0@5=z"));
  }

  @Test
  void aRecordThatIsNotCommittedOrNotAcknowledgedIsNotLost() {
    legal(
        Anomaly.LOST_WRITE,
        new History()
            .sent("w", "x", "t-0@1", "b")
            .ended("w", "x", Outcome.FAILED)
            .sent("w", "y", "t-0@2", "c")
            .ended("w", "y", Outcome.UNKNOWN)
            .sent("w", "", 9, "t-0", "d", Outcome.UNKNOWN)
            .polled("r", "t-0@0=a", "t-0@4=e"));
  }

  // ---- duplicate

  @Test
  void aRecordAtTwoOffsetsThatWasSentOnceIsADuplicate() {
    finds(
        Anomaly.DUPLICATE,
        new History().sent("w", "t-0@0", "a").polled("r", "t-0@0=a", "t-0@1=a"),
        "t: a was sent once but is at t-0@0 and t-0@1");
    finds(
        Anomaly.DUPLICATE,
        new History()
            .sent("w", "", 1, "t-0", "a", Outcome.UNKNOWN)
            .polled("r", "t-0@3=a")
            .polled("r", "t-1@0=a"),
        "t: a was sent once but is at t-0@3 and t-1@0");
  }

  @Test
  void aRecordSentAgainOrReadAgainIsNone() {
    legal(
        Anomaly.DUPLICATE,
        new History()
            .sent("w", "", 1, "t-0", "a", Outcome.UNKNOWN)
            .sent("w", "t-0@1", "a")
            .polled("r1", "t-0@0=a", "t-0@1=a")
            .polled("r2", "t-0@0=a"));
    legal(
        Anomaly.DUPLICATE,
        new History().sent("w", "t-0@0", "a").sent("w", "u-0@0", "a").polled("r", "t-0@0=a"));
    legal(
        Anomaly.DUPLICATE,
        new History()
            .sent("w", "t-0@1", "a")
            .polled("r", "t-0@1=a")
            .truncated("t-0", 1)
            .polled("r", "t-0@4=a"));
    // Who sent b is not known, nor how often.
    legal(
        Anomaly.DUPLICATE, new History().sent("w", "t-0@0", "a").polled("r", "t-0@1=b", "t-0@2=b"));
  }

  // ---- inconsistent-offsets

  @Test
  void twoValuesAtOneOffsetAreInconsistent() {
    finds(
        Anomaly.INCONSISTENT_OFFSETS,
        new History().sent("w", "t-0@0", "a").polled("r", "t-0@0=b"),
        "t-0: offset 0 is a to w and b to r");
    finds(
        Anomaly.INCONSISTENT_OFFSETS,
        new History().sent("w1", "t-0@0", "a").sent("w2", "t-0@0", "b"),
        "t-0: offset 0 is a to w1 and b to w2");
  }

  @Test
  void oneOffsetOfOtherPartitionsOrAfterACutIsConsistent() {
    legal(
        Anomaly.INCONSISTENT_OFFSETS,
        new History()
            .sent("w", "t-0@0", "a")
            .sent("w", "t-1@0", "b")
            .polled("r", "t-0@0=a", "t-1@0=b")
            .truncated("t-0", 0)
            .polled("r", "t-0@0=c"));
  }

  // ---- poll-skip

  @Test
  void aConsumerThatPassesOverAWrittenRecordSkips() {
    finds(
        Anomaly.POLL_SKIP,
        threeWrites().polled("r", "t-0@0=a", "t-0@2=c"),
        "t-0: r was given offset 2 after offset 0, but not offset 1");
  }

  @Test
  void aConsumerThatPassesOverWhatAnotherOneLaterReadsSkips() {
    finds(
        Anomaly.POLL_SKIP,
        new History().polled("r1", "t-0@3=a", "t-0@7=b").polled("r2", "t-0@3=a", "t-0@5=x"),
        "t-0: r1 was given offset 7 after offset 3, but not offset 5");
  }

  @Test
  void gapsWithNothingToReadAreNoSkips() {
    History gap =
        new History()
            .sent("w", "x", "t-0@1", "b")
            .ended("w", "x", Outcome.FAILED)
            .sent("w", "y", "t-0@2", "c")
            .ended("w", "y", Outcome.UNKNOWN);
    legal(Anomaly.POLL_SKIP, gap.polled("r", "t-0@0=a", "t-0@4=d"));
    legal(Anomaly.POLL_SKIP, threeWrites().removed("t-0", 0, 2).polled("r", "t-0@0=a", "t-0@2=c"));
    legal(
        Anomaly.POLL_SKIP,
        threeWrites().polled("r", "t-0@0=a").moved("r", "t-0").polled("r", "t-0@2=c"));
    legal(
        Anomaly.POLL_SKIP,
        threeWrites().polled("r", "t-0@0=a").assigned("r", "t-0").polled("r", "t-0@2=c"));
    legal(
        Anomaly.POLL_SKIP,
        threeWrites().polled("r", "t-0@0=a").truncated("t-0", 1).polled("r", "t-0@2=c"));
  }

  // ---- non-monotonic-poll

  @Test
  void aConsumerThatIsGivenAnOffsetAgainOrAnEarlierOneIsFound() {
    finds(
        Anomaly.NON_MONOTONIC_POLL,
        new History().polled("r", "t-0@4=a", "t-0@3=b"),
        "t-0: r was given offset 3 after offset 4");
    finds(
        Anomaly.NON_MONOTONIC_POLL,
        new History().polled("r", "t-0@4=a").moved("r", "t-1").polled("r", "t-0@4=a"),
        "t-0: r was given offset 4 after offset 4");
  }

  @Test
  void otherConsumersPartitionsAndPositionsAreLegal() {
    legal(
        Anomaly.NON_MONOTONIC_POLL,
        new History()
            .polled("r1", "t-0@4=a", "t-1@0=b")
            .polled("r2", "t-0@3=c")
            .moved("r1", "t-0")
            .polled("r1", "t-0@3=c")
            .sought("r2", "t-0", 0)
            .polled("r2", "t-0@0=d")
            .truncated("t-0", 0)
            .polled("r2", "t-0@0=e"));
  }

  // ---- non-monotonic-send

  @Test
  void sendsWhoseOffsetsAreNotInTheirOrderAreFound() {
    finds(
        Anomaly.NON_MONOTONIC_SEND,
        new History().sent("w", "t-0@5", "a").sent("w", "t-0@3", "b"),
        "t-0: w sent a before b, but their offsets are 5 and 3");
    finds(
        Anomaly.NON_MONOTONIC_SEND,
        new History()
            .sent("w", "", 2, "t-0@3", "b", Outcome.OK)
            .sent("w", "", 1, "t-0@5", "a", Outcome.OK),
        "t-0: w sent a before b, but their offsets are 5 and 3");
  }

  @Test
  void sendsOfOthersToOthersOrOfUnknownOrderAreLegal() {
    legal(
        Anomaly.NON_MONOTONIC_SEND,
        new History()
            .sent("w1", "t-0@5", "a")
            .sent("w2", "t-0@3", "b")
            .sent("w1", "t-1@0", "c")
            .sent("w1", "", -1, "t-0@1", "d", Outcome.OK)
            // Told late, but sent between.
            .sent("w3", "", 3, "t-0@9", "e", Outcome.OK)
            .sent("w3", "", 2, "t-0@8", "f", Outcome.OK)
            .truncated("t-0", 2)
            .sent("w1", "t-0@2", "g"));
  }

  @Test
  void factsOfClientsHaveALineEach() {
    List<Fact> facts =
        new History()
            .sent("w", "x", 1, "t-0@4", "a", Outcome.OK)
            .sent("w", "", 2, "t-0", "b", Outcome.UNKNOWN)
            .polled("r", "y", false, "t-0@4=a")
            .moved("r", "t-0")
            .offsetSent("w", "x", "t-0", 5)
            .committing("w", "x")
            .ended("w", "x", Outcome.OK)
            .facts();

    assertThat(facts.stream().map(FactFormat::line).map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "1.000 w sent t-0@4 - value a in x",
            "2.000 w sent t-0 - value b outcome unknown",
            "3.000 r polled t-0@4 - value a in y uncommitted too",
            "4.000 r moved t-0 -",
            "5.000 w offset t-0@5 - group g in x",
            "6.000 w committing - - x",
            "7.000 w transaction - - x committed");
  }
}
