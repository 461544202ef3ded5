package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExactlyOnceCheckerTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(
        Invariant.EXACTLY_ONCE, CheckSettings.DEFAULT.withTopics(List.of("orders")));
  }

  @Test
  void aSecondOutputOfARecordIsReportedAtOnce() {
    history
        .appended("orders-2", 0, 1)
        .visible("copies-0", 0, "orders-2", 0)
        .visible("copies-0", 1, "orders-2", 1)
        .visible("copies-0", 3, "orders-2", 0);

    assertThat(History.messages(report()))
        .containsExactly("orders-2: offset 0 has two outputs: copies-0@0 and copies-0@3");
    assertThat(History.story(report()))
        .containsExactly(
            "- visible copies-0@0 - of orders-2@0", "- visible copies-0@3 - of orders-2@0");
    assertThat(report().facts()).isEqualTo(3);
  }

  @Test
  void theSameOffsetOfAnotherPartitionIsASecondOutput() {
    history
        .appended("orders-2", 0)
        .visible("copies-0", 0, "orders-2", 0)
        .visible("copies-1", 0, "orders-2", 0);

    assertThat(report().violated()).isOne();
  }

  @Test
  void anOutputReadAgainIsNone() {
    history
        .appended("orders-2", 0)
        .visible("copies-0", 0, "orders-2", 0)
        .visible("copies-0", 0, "orders-2", 0)
        .finished();

    assertThat(report().holds()).isTrue();
  }

  @Test
  void recordsWithoutAnOutputAreReportedWhenTheRunHasFinished() {
    history
        .appended("orders-1", 0)
        .appended("orders-2", 0, 1, 2)
        .visible("copies-0", 0, "orders-2", 1)
        .finished();

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-1: 1 of 1 records has no output that readers of committed records see:"
                + " offset 0",
            "orders-2: 2 of 3 records have no output that readers of committed records see:"
                + " offsets 0, 2");
  }

  @Test
  void whatIsMissingInARunThatDidNotFinishMayStillCome() {
    history.appended("orders-2", 0, 1).visible("copies-0", 0, "orders-2", 1).stopped("");

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aRecordThatWasRemovedNeedsNoOutput() {
    history
        .appended("orders-2", 0, 1)
        .removed("orders-2", 0, 1)
        .visible("copies-0", 0, "orders-2", 1)
        .finished();

    assertThat(report().holds()).isTrue();
  }

  @Test
  void anOutputOfNothingIsReported() {
    history.appended("orders-2", 0).visible("copies-0", 0, "orders-2", 1);

    assertThat(History.messages(report()))
        .containsExactly("orders-2: offset 1 has an output, at copies-0@0, but was never appended");
  }

  @Test
  void outputsAreNoInputThatNeedsAnOutput() {
    history
        .appended("orders-2", 0)
        .appended("copies-0", 0)
        .visible("copies-0", 0, "orders-2", 0)
        .finished();

    assertThat(report().holds()).isTrue();
  }

  @Test
  void isVacuousWhenNobodyReads() {
    history.appended("orders-2", 0).finished();

    assertThat(report().vacuous()).isTrue();
    assertThat(report().holds()).isTrue();
  }

  @Test
  void whereALogLostItsTailThingsMayBeDoneTwice() {
    history
        .appended("orders-1", 0)
        .appended("orders-2", 0, 1, 2)
        .visible("copies-0", 0, "orders-2", 0)
        .visible("copies-0", 1, "orders-2", 1)
        .visible("copies-0", 2, "orders-1", 0)
        .truncated("orders-2", 1)
        .appended("orders-2", 1, 2, 3)
        .visible("copies-0", 3, "orders-2", 1)
        .visible("copies-0", 4, "orders-2", 0);
    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsExactly(entry("of a log that lost its tail", 2L));

    history.visible("copies-0", 5, "orders-1", 0);
    assertThat(report().violated()).isOne();
  }

  @Test
  void whatIsMissingWhereNothingWasLostIsMissing() {
    history
        .appended("orders-2", 0, 1, 2)
        .visible("copies-0", 0, "orders-2", 1)
        .truncated("orders-2", 1)
        .appended("orders-2", 1, 2, 3)
        .finished();

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: 2 of 6 records have no output that readers of committed records see:"
                + " offsets 0, 3");
  }
}
