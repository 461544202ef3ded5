package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AtLeastOnceCheckerTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.AT_LEAST_ONCE);
  }

  @Test
  void recordsThatNobodyCompletedAreReportedOnceForEachPartition() {
    history
        .appended("orders-2", 0, 1, 2, 3)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .started("m1", "orders-2", 1, "k7")
        .processed("m1", "orders-2", "b", 2)
        .committed("m1", "orders-2", 3)
        .finished();

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: 2 of 4 records were never completed: offsets 1, 3;"
                + " offset 1 (key k7) had started at m1 and not ended");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 started orders-2@1 k7",
            "m1 committed orders-2@3 - group g generation 1",
            "- finished - -");
    assertThat(report().facts()).isEqualTo(4);
  }

  @Test
  void aCommitBelowTheLostRecordsIsNotShown() {
    history
        .appended("orders-2", 0, 1)
        .processed("m1", "orders-2", "a", 0)
        .committed("m1", "orders-2", 1)
        .finished();

    assertThat(History.story(report())).containsExactly("- finished - -");
  }

  @Test
  void aTopicIsConsumedAsSoonAsWorkOnItStarts() {
    history.appended("orders-2", 0).started("m1", "orders-2", 0, "a").finished();

    assertThat(report().violated()).isOne();
  }

  @Test
  void aLongListOfLostRecordsIsCutShort() {
    history
        .appended("orders-2", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
        .assigned("m1", "orders-2")
        .finished();

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: 11 of 11 records were never completed:"
                + " offsets 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …; offset 0 had never started");
  }

  @Test
  void aRecordMayBeCompletedTwiceAndByAnybody() {
    history
        .appended("orders-2", 0, 1)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .crashed("m1")
        .assigned("m2", "orders-2")
        .processed("m2", "orders-2", "a", 0, 1)
        .finished();

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isEqualTo(2);
  }

  @Test
  void removedAndTruncatedRecordsAreNotLost() {
    history
        .appended("orders-2", 0, 1, 2, 3)
        .assigned("m1", "orders-2")
        .removed("orders-2", 0, 2)
        .processed("m1", "orders-2", "a", 2)
        .truncated("orders-2", 3)
        .finished();

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aRecordThatReplacesATruncatedOneHasToBeCompletedToo() {
    history
        .appended("orders-2", 0)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .truncated("orders-2", 0)
        .appended("orders-2", 0)
        .finished();

    assertThat(report().violated()).isOne();
  }

  @Test
  void aPartitionThatNobodyEverHadIsJudgedWithItsTopic() {
    history.assigned("m1", "orders-1").appended("orders-2", 0).finished();

    assertThat(report().violated()).isOne();
  }

  @Test
  void topicsThatNobodyConsumesAreNotJudgedUnlessNamed() {
    history
        .assigned("m1", "orders-1")
        .appended("orders-1", 0)
        .processed("m1", "orders-1", "a", 0)
        .appended("results-0", 0)
        .finished();
    CheckSettings named = CheckSettings.DEFAULT.withTopics(List.of("orders", "results"));

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isOne();
    assertThat(history.judgedBy(Invariant.AT_LEAST_ONCE, named).violated()).isOne();
  }

  @Test
  void aRunThatDidNotFinishHasLostOnlyWhatLiesBelowTheCommit() {
    history
        .appended("orders-2", 0, 1, 2, 3)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .committed("m1", "orders-2", 1)
        .stopped("m1 waits");
    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isOne();

    history.committed("m1", "orders-2", 3).stopped("m1 waits");
    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: 2 of the records below the committed offset 3 were never completed:"
                + " offsets 1, 2; offset 1 had never started");
  }

  @Test
  void aRunWithoutAnEndOrWithoutRecordsIsVacuous() {
    history.appended("orders-2", 0).assigned("m1", "orders-2");
    assertThat(report().vacuous()).isTrue();

    assertThat(new History().finished().judgedBy(Invariant.AT_LEAST_ONCE).vacuous()).isTrue();
  }
}
