package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressCheckerTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.PROGRESS);
  }

  @Test
  void aRunThatDidNotFinishIsReportedWithWhatBlocksIt() {
    history
        .appended("orders-2", 0, 1, 2)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .healed()
        .started("m1", "orders-2", 1, "k7")
        .stopped("m1 waits for a commit");

    assertThat(History.messages(report()))
        .containsExactly(
            "the run did not finish (m1 waits for a commit): 2 of 3 records are not completed;"
                + " in orders-2 offset 1 (key k7) had started at m1 and not ended");
    assertThat(History.story(report()))
        .containsExactly(
            "- healed - -", "m1 started orders-2@1 k7", "- stopped - - m1 waits for a commit");
  }

  @Test
  void aRunThatDidNotFinishIsReportedEvenWithoutRecords() {
    history.stopped("");

    assertThat(History.messages(report()))
        .containsExactly("the run did not finish, and no record was produced");
    assertThat(report().vacuous()).isFalse();
  }

  @Test
  void aRunInWhichOnlySomethingElseDidNotFinishSaysThatRecordsDid() {
    history
        .appended("orders-2", 0, 1)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .processed("m1", "orders-2", "a", 1)
        .stopped("m1 has not closed");

    assertThat(History.messages(report()))
        .containsExactly(
            "the run did not finish (m1 has not closed), though all 2 records are completed");
  }

  @Test
  void aSingleRecordIsNotCompleted() {
    history
        .appended("orders-2", 0, 1)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .stopped("");

    assertThat(History.messages(report()))
        .singleElement()
        .asString()
        .startsWith("the run did not finish: 1 of 2 records is not completed;");
  }

  @Test
  void completionsCountFromTheHealing() {
    history
        .appended("orders-2", 0, 1)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .healed()
        .processed("m1", "orders-2", "a", 1)
        .finished();

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isEqualTo(2);
  }

  @Test
  void withoutAHealingAllCompletionsCount() {
    history
        .appended("orders-2", 0, 1)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0, 1)
        .finished();

    assertThat(report().facts()).isEqualTo(3);
  }

  @Test
  void aRunThatHadDoneEverythingBeforeTheHealingIsNotVacuous() {
    history
        .appended("orders-2", 0)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .healed()
        .finished();

    assertThat(report().holds()).isTrue();
    assertThat(report().vacuous()).isFalse();
  }

  @Test
  void aRunWithoutRecordsIsVacuous() {
    history.assigned("m1", "orders-2").healed().finished();

    assertThat(report().vacuous()).isTrue();
  }
}
