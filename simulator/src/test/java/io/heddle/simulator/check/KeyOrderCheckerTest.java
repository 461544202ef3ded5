package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyOrderCheckerTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.KEY_ORDER);
  }

  @Test
  void aRecordThatEndsBeforeAnEarlierOneOfItsKeyIsReported() {
    history
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7")
        .started("m2", "orders-2", 39, "other")
        .started("m2", "orders-2", 41, "k7")
        .ended("m2", "orders-2", 39, "other")
        .ended("m2", "orders-2", 41, "k7")
        .ended("m2", "orders-2", 38, "k7");

    assertThat(History.messages(report()))
        .containsExactly("key k7 of orders-2: offset 41 ended before offset 38, both at m2");
    assertThat(History.story(report()))
        .containsExactly(
            "m2 assigned orders-2 - generation 1",
            "m2 started orders-2@38 k7",
            "m2 started orders-2@41 k7",
            "m2 ended orders-2@41 k7",
            "m2 ended orders-2@38 k7");
    assertThat(report().violations().get(0).atNanos()).isEqualTo(7_000_000);
    assertThat(report().facts()).isEqualTo(6);
  }

  @Test
  void aRecordThatStartsAfterALaterOneOfItsKeyIsReportedOnce() {
    history
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "k7", 41)
        .processed("m1", "orders-2", "k7", 38, 42);

    assertThat(History.messages(report()))
        .containsExactly("key k7 of orders-2: offset 38 started after offset 41, both at m1");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 assigned orders-2 - generation 1",
            "m1 started orders-2@41 k7",
            "m1 started orders-2@38 k7");
  }

  @Test
  void aSecondStartWithoutANewAssignmentIsReported() {
    history.assigned("m1", "orders-2").processed("m1", "orders-2", "k7", 41, 41);

    assertThat(History.messages(report()))
        .containsExactly(
            "key k7 of orders-2: offset 41 started again at m1 without a new assignment");
  }

  @Test
  void workThatEndedBadlyIsTriedAgain() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 41, "k7")
        .ended("m1", "orders-2", 41, "k7")
        .processed("m1", "orders-2", "k7", 41, 42);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aCompletionFromAnEarlierAssignmentDoesNotEndThisOnesAttempts() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 41, "k7")
        .lost("m1", "fenced", "orders-2")
        .assigned("m1", "orders-2")
        .ended("m1", "orders-2", 41, "k7")
        .completed("m1", "orders-2", 41, "k7")
        .started("m1", "orders-2", 41, "k7")
        .ended("m1", "orders-2", 41, "k7")
        .started("m1", "orders-2", 41, "k7");

    assertThat(report().holds()).isTrue();
  }

  @Test
  void anotherAttemptWhileTheFirstRunsOrBehindALaterRecordIsReported() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 41, "k7")
        .started("m1", "orders-2", 41, "k7");
    assertThat(report().violated()).isOne();

    History behind = new History();
    behind
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 41, "k7")
        .ended("m1", "orders-2", 41, "k7")
        .processed("m1", "orders-2", "k7", 42)
        .started("m1", "orders-2", 41, "k7");
    assertThat(behind.judgedBy(Invariant.KEY_ORDER).violated()).isOne();
  }

  @Test
  void anEndWithoutAStartIsReported() {
    history.assigned("m1", "orders-2").ended("m1", "orders-2", 41, "k7");

    assertThat(History.messages(report()))
        .containsExactly("key k7 of orders-2: offset 41 ended at m1, where no work on it was open");
  }

  @Test
  void keysDoNotOrderEachOther() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "a")
        .started("m1", "orders-2", 39, "b")
        .ended("m1", "orders-2", 39, "b")
        .started("m1", "orders-2", 37, "c")
        .ended("m1", "orders-2", 38, "a")
        .ended("m1", "orders-2", 37, "c");

    assertThat(report().holds()).isTrue();
  }

  @Test
  void partitionsDoNotOrderEachOther() {
    history
        .assigned("m1", "orders-1", "orders-2")
        .processed("m1", "orders-1", "k7", 41)
        .processed("m1", "orders-2", "k7", 38);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void redeliveryAfterANewAssignmentIsLegal() {
    history
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "k7", 38, 41)
        .revoking("m1", "orders-2")
        .revoked("m1", "orders-2")
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "k7", 38, 41);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aNewAssignmentOfAnotherPartitionExcusesNoRedelivery() {
    history
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "k7", 41)
        .assigned("m1", "orders-1")
        .processed("m1", "orders-2", "k7", 38);

    assertThat(report().violated()).isOne();
  }

  @Test
  void redeliveryToAnotherMemberOrAnotherLifeIsLegal() {
    history
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "k7", 38, 41)
        .crashed("m1")
        .assigned("m2", "orders-2")
        .processed("m2", "orders-2", "k7", 38)
        .revoked("m2", "orders-2")
        .assigned("m1'2", "orders-2")
        .processed("m1'2", "orders-2", "k7", 38, 41);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void workOfAnEarlierAssignmentMayEndAfterALaterRecord() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .lost("m1", "fenced", "orders-2")
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "k7", 41)
        .ended("m1", "orders-2", 38, "k7");

    assertThat(report().holds()).isTrue();
  }

  @Test
  void endsOfARecordThatRunsTwiceCloseTheOldestFirst() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .ended("m1", "orders-2", 38, "k7")
        .ended("m1", "orders-2", 38, "k7")
        .processed("m1", "orders-2", "k7", 41);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aSeekAndATruncationStartOver() {
    history
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "k7", 38, 41)
        .sought("m1", "orders-2", 38)
        .processed("m1", "orders-2", "k7", 38, 41)
        .truncated("orders-2", 40)
        .processed("m1", "orders-2", "k7", 40);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aMemberThatIsNeverAssignedAnythingHasOneEpoch() {
    history.processed("m1", "orders-2", "k7", 41, 38);

    assertThat(report().violated()).isOne();
  }

  @Test
  void whatAMemberReportsAfterItsCrashIsNotHeard() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 41, "k7")
        .crashed("m1")
        .ended("m1", "orders-2", 41, "k7")
        .started("m1", "orders-2", 38, "k7");

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isOne();
  }

  @Test
  void workThatNeverEndsIsOpenAndNotOutOfOrder() {
    history.assigned("m1", "orders-2").started("m1", "orders-2", 38, "k7");

    assertThat(report().holds()).isTrue();
    assertThat(report().vacuous()).isFalse();
  }

  @Test
  void aRunWithoutWorkIsVacuous() {
    history.appended("orders-2", 0).assigned("m1", "orders-2").finished();

    assertThat(report().vacuous()).isTrue();
  }

  @Test
  void onlyTheFirstTwentyViolationsAreKeptButAllAreCounted() {
    history.processed("m1", "orders-2", "k7", new long[31]);

    assertThat(report().violated()).isEqualTo(30);
    assertThat(report().violations()).hasSize(20);
  }
}
