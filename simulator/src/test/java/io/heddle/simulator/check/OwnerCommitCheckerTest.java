package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class OwnerCommitCheckerTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.OWNER_COMMIT);
  }

  @Test
  void theCommitOfAMemberThatHadLostThePartitionIsReported() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 3)
        .lost("m1", "session timeout", "orders-2")
        .assigned("m2", "orders-2")
        .committed("m1", "orders-2", 5);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 5 was committed by m1,"
                + " which had lost the partition (session timeout)");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 assigned orders-2 - generation 1",
            "m1 lost orders-2 - session timeout",
            "m1 committed orders-2@5 - group g generation 1");
  }

  @Test
  void aMemberWhoseLossTheNextCoordinatorDoesNotKnowMayCommit() {
    history
        .assigned("m1", "orders-2")
        .lost("m1", "session timeout", "orders-2")
        .regained("m1", "orders-2")
        .committed("m1", "orders-2", 5);
    assertThat(report().holds()).isTrue();

    history.lost("m1", "session timeout", "orders-2").committed("m1", "orders-2", 6);
    assertThat(report().violated()).isOne();
  }

  @Test
  void whatATransactionAskedForTooLateCountsIfItIsCommitted() {
    history
        .assigned("m1", "orders-2")
        .revoking("m1", "orders-2")
        .revoked("m1", "orders-2")
        .assigned("m2", "orders-2")
        .pending("m1", "orders-2", 5);
    assertThat(report().holds()).isTrue();

    history.committed("m1", "orders-2", 5);
    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 5 was committed by m1, after m2 had taken the partition");
  }

  @Test
  void whatATransactionAskedForInTimeMayBeAskedForAgainAndCommittedLater() {
    history
        .assigned("m1", "orders-2")
        .pending("m1", "orders-2", 5)
        .revoking("m1", "orders-2")
        .revoked("m1", "orders-2")
        .assigned("m2", "orders-2")
        .pending("m1", "orders-2", 5)
        .committed("m1", "orders-2", 5);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aCommitWithoutAnEpochAfterALossIsExcusedUntilSomebodyElseHasThePartition() {
    history
        .assigned("m1", "orders-2")
        .lost("m1", "session timeout", "orders-2")
        .committedAsNobody("m1", "orders-2", 5);
    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsEntry("as nobody after a loss", 1L);

    history.assigned("m2", "orders-2").committedAsNobody("m1", "orders-2", 6);
    assertThat(report().violated()).isOne();
  }

  @Test
  void aCommitOnItsWayWhenAMemberGaveUpIsExcusedUntilTheGroupDecides() {
    history
        .assigned("m1", "orders-2")
        .gaveUp("m1", "generation lost", "orders-2")
        .committed("m1", "orders-2", 5);
    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsEntry("in flight at a loss", 1L);

    history.lost("m1", "session timeout", "orders-2").committed("m1", "orders-2", 6);
    assertThat(report().violated()).isOne();
  }

  @Test
  void aCommitByWhoGaveUpIsReportedOnceAnotherHasThePartition() {
    history
        .assigned("m1", "orders-2")
        .gaveUp("m1", "generation lost", "orders-2")
        .assigned("m2", "orders-2")
        .committed("m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
  }

  @Test
  void aStepBackByARequestThatWasGivenUpIsExcused() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 5)
        .committedLate("m1", "orders-2", 3)
        .committedLate("m1", "orders-2", 4)
        .committed("m1", "orders-2", 5);

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsEntry("back by a request given up", 2L);
  }

  @Test
  void whoseRequestCameLateMustNotStepBackBeforeItsLastCommit() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 5)
        .committedLate("m1", "orders-2", 3)
        .committed("m1", "orders-2", 4);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: the committed offset went back from 5, committed by m1, to 4,"
                + " committed by m1");
  }

  @Test
  void theNextOwnerGoesOnFromWhatALateRequestHasLeft() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 5)
        .committedLate("m1", "orders-2", 3)
        .crashed("m1")
        .assigned("m2", "orders-2")
        .committed("m2", "orders-2", 4);
    assertThat(report().holds()).isTrue();

    history.committed("m2", "orders-2", 3);
    assertThat(report().violated()).isOne();
  }

  @Test
  void aLateRequestOfWhoHadLostThePartitionIsReported() {
    history
        .assigned("m1", "orders-2")
        .lost("m1", "session timeout", "orders-2")
        .committedLate("m1", "orders-2", 3);

    assertThat(report().violated()).isOne();
  }

  @Test
  void nobodyRegainsWhatAnotherHasTaken() {
    history
        .assigned("m1", "orders-2")
        .lost("m1", "session timeout", "orders-2")
        .assigned("m2", "orders-2")
        .regained("m1", "orders-2")
        .committed("m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
  }

  @Test
  void theCommitOfAMemberWithoutThePartitionIsReported() {
    history.assigned("m1", "orders-1").committed("m1", "orders-2", 5);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 5 was committed by m1, to which the partition was never assigned");
  }

  @Test
  void theCommitOfAnEarlierOwnerIsReportedOnceAnotherOneHasThePartition() {
    history
        .assigned("m1", "orders-2")
        .revoking("m1", "orders-2")
        .revoked("m1", "orders-2")
        .assigned("m2", "orders-2")
        .committed("m1", "orders-2", 5);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 5 was committed by m1, after m2 had taken the partition");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 assigned orders-2 - generation 1",
            "m1 revoked orders-2 -",
            "m2 assigned orders-2 - generation 1",
            "m1 committed orders-2@5 - group g generation 1");
  }

  @Test
  void twoOwnersAtATimeAreReportedWhenTheFirstCommits() {
    history
        .assigned("m1", "orders-2")
        .assigned("m2", "orders-2")
        .committed("m2", "orders-2", 5)
        .committed("m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
  }

  @Test
  void commitsDuringTheRevokeAreLegal() {
    history
        .assigned("m1", "orders-2")
        .revoking("m1", "orders-2")
        .committed("m1", "orders-2", 5)
        .revoked("m1", "orders-2");

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).isEmpty();
  }

  @Test
  void commitsInFlightAtARevokeOrACrashAreExcusedWhileNobodyElseHasThePartition() {
    history
        .assigned("m1", "orders-1", "orders-2")
        .revoked("m1", "orders-2")
        .committed("m1", "orders-2", 5)
        .crashed("m1")
        .committed("m1", "orders-1", 5);

    assertThat(report().holds()).isTrue();
    assertThat(report().excused())
        .containsExactly(entry("in flight at a crash", 1L), entry("in flight at a revoke", 1L));
  }

  @Test
  void theCommitOfACrashedMemberIsReportedOnceTheGroupHasRemovedIt() {
    history
        .assigned("m1", "orders-1")
        .crashed("m1")
        .lost("m1", "session timeout", "orders-1")
        .committed("m1", "orders-1", 5);

    assertThat(report().violated()).isOne();
  }

  @Test
  void theNextOwnerCommits() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 5)
        .revoked("m1", "orders-2")
        .assigned("m2", "orders-2")
        .committed("m2", "orders-2", 5)
        .committed("m2", "orders-2", 6)
        .lost("m2", "fenced", "orders-2")
        .assigned("m2", "orders-2")
        .committed("m2", "orders-2", 6);

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isEqualTo(4);
  }

  @Test
  void aCommitThatGoesBackIsReported() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 5)
        .revoked("m1", "orders-2")
        .assigned("m2", "orders-2")
        .committed("m2", "orders-2", 4)
        .committed("m2", "orders-2", 5);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: the committed offset went back from 5, committed by m1,"
                + " to 4, committed by m2");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 assigned orders-2 - generation 1",
            "m1 committed orders-2@5 - group g generation 1",
            "m2 assigned orders-2 - generation 1",
            "m2 committed orders-2@4 - group g generation 1");
  }

  @Test
  void aTruncationAllowsTheCommitToGoBackAsFarAsItWent() {
    history
        .assigned("m1", "orders-2")
        .committedInEpoch("m1", "orders-2", 9, 0)
        .truncated("orders-2", 5)
        .committed("m1", "orders-2", 5);
    assertThat(report().holds()).isTrue();

    history.truncated("orders-2", 5).committed("m1", "orders-2", 4);
    assertThat(report().violated()).isOne();
  }

  @Test
  void theTruncationOfAnotherPartitionAllowsNothing() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 9)
        .truncated("orders-1", 5)
        .committed("m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
  }

  @Test
  void whatAMemberReportsAfterItsCrashChangesNoOwner() {
    history
        .assigned("m1", "orders-1", "orders-2")
        .crashed("m1")
        .revoked("m1", "orders-1")
        .committed("m1", "orders-1", 5)
        .lost("m1", "session timeout", "orders-1", "orders-2")
        .assigned("m2", "orders-2")
        .assigned("m1", "orders-2")
        .committed("m2", "orders-2", 5);

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsExactly(entry("in flight at a crash", 1L));
  }

  @Test
  void partitionsAreCommittedIndependently() {
    history
        .assigned("m1", "orders-1", "orders-2")
        .committed("m1", "orders-1", 9)
        .committed("m1", "orders-2", 5);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aMemberThatAssignsItselfMayCommitAnythingButBackwards() {
    history.committed("m1", "orders-2", 5).committed("m1", "orders-2", 6);
    assertThat(report().holds()).isTrue();

    history.committed("m1", "orders-2", 5);
    assertThat(report().violated()).isOne();
  }

  @Test
  void aRunWithoutCommitsIsVacuous() {
    history.assigned("m1", "orders-2").finished();

    assertThat(report().vacuous()).isTrue();
  }

  @Test
  void anAssignmentTakenUpLateTakesNothingFromWhoHasALaterOne() {
    history
        .appended("orders-2", 0)
        .assignedIn(4, "m2", "orders-2")
        .assignedIn(3, "m3", "orders-2")
        .committed("m2", "orders-2", 1)
        .committed("m3", "orders-2", 2);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 2 was committed by m3, after m2 had taken the partition");
  }
}
