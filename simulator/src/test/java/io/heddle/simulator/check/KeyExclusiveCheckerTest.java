package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyExclusiveCheckerTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.KEY_EXCLUSIVE);
  }

  @Test
  void twoRecordsOfAKeyAtOnceInOneMemberAreReported() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .started("m1", "orders-2", 41, "k7")
        .ended("m1", "orders-2", 38, "k7")
        .ended("m1", "orders-2", 41, "k7");

    assertThat(History.messages(report()))
        .containsExactly(
            "key k7 of orders-2: offset 41 started at m1 while offset 38 was still running at m1");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 assigned orders-2 - generation 1",
            "m1 started orders-2@38 k7",
            "m1 started orders-2@41 k7");
  }

  @Test
  void aRevokeThatHasNotReturnedExcusesNothing() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .revoking("m1", "orders-2")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(History.messages(report()))
        .containsExactly(
            "key k7 of orders-2: offset 38 started at m2 while offset 38 was still running at m1");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 assigned orders-2 - generation 1",
            "m1 started orders-2@38 k7",
            "m1 revoking orders-2 -",
            "m2 assigned orders-2 - generation 1",
            "m2 started orders-2@38 k7");
    assertThat(report().excused()).isEmpty();
  }

  @Test
  void anAssignmentThatComesAfterItsMemberWasRemovedIsExcused() {
    history
        .removed("m1", 1, "orders-2")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7")
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7");

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).hasSize(1);
  }

  @Test
  void anAssignmentOfALaterGenerationThanTheRemovalCounts() {
    history
        .removed("m1", 0, "orders-2")
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(report().violated()).isOne();
  }

  @Test
  void workOnAKeyThatMovedBetweenPartitionsIsSeen() {
    history
        .assigned("m1", "orders-1")
        .assigned("m2", "orders-2")
        .started("m1", "orders-1", 5, "k7")
        .started("m2", "orders-2", 41, "k7");

    assertThat(History.messages(report()))
        .containsExactly(
            "key k7 of orders: offset 41 of orders-2 started at m2"
                + " while offset 5 of orders-1 was still running at m1");
  }

  @Test
  void theSameKeyInAnotherTopicIsAnotherKey() {
    history
        .assigned("m1", "orders-2", "payments-2")
        .started("m1", "orders-2", 38, "k7")
        .started("m1", "payments-2", 41, "k7");

    assertThat(report().holds()).isTrue();
  }

  @Test
  void keysRunSideBySide() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "a")
        .started("m1", "orders-2", 39, "b");

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isEqualTo(2);
  }

  @Test
  void anotherMemberMayFollowAfterACompletedRevoke() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .revoking("m1", "orders-2")
        .ended("m1", "orders-2", 38, "k7")
        .revoked("m1", "orders-2")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).isEmpty();
  }

  @Test
  void anOverlapAfterASessionTimeoutIsExcusedAndCounted() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .lost("m1", "session timeout", "orders-2")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7")
        .ended("m2", "orders-2", 38, "k7")
        .started("m2", "orders-2", 41, "k7");

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsExactly(entry("session timeout", 2L));
  }

  @Test
  void workThatALostMemberStartsBeforeItKnowsIsExcused() {
    history
        .assigned("m1", "orders-2")
        .lost("m1", "session timeout", "orders-2")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7")
        .started("m1", "orders-2", 38, "k7");

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsExactly(entry("session timeout", 1L));
  }

  @Test
  void theLossOfAnotherPartitionExcusesNothing() {
    history
        .assigned("m1", "orders-1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .lost("m1", "fenced", "orders-1")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(report().violated()).isOne();
  }

  @Test
  void workThatOutlivedItsRevokeIsExcusedByTheDeadline() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .revoking("m1", "orders-2")
        .pause(29)
        .revoked("m1", "orders-2")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(report().excused()).containsExactly(entry("deadline", 1L));
    assertThat(report().holds()).isTrue();
  }

  @Test
  void aRevokeShorterThanTheKnownDeadlineExcusesNothing() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .revoking("m1", "orders-2")
        .pause(29)
        .revoked("m1", "orders-2")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    CheckSettings inTime = CheckSettings.DEFAULT.withRevokeDeadline(Duration.ofMillis(30));
    CheckSettings tooEarly = CheckSettings.DEFAULT.withRevokeDeadline(Duration.ofMillis(31));

    assertThat(history.judgedBy(Invariant.KEY_EXCLUSIVE, inTime).holds()).isTrue();
    assertThat(history.judgedBy(Invariant.KEY_EXCLUSIVE, tooEarly).violated()).isOne();
  }

  @Test
  void aRevokeLastsFromItsFirstStartAndStaysOneWhenThePartitionIsLostAfterwards() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .revoking("m1", "orders-2")
        .pause(29)
        .revoking("m1", "orders-2")
        .revoked("m1", "orders-2")
        .lost("m1", "fenced", "orders-2")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");
    CheckSettings settings = CheckSettings.DEFAULT.withRevokeDeadline(Duration.ofMillis(30));

    CheckReport report = history.judgedBy(Invariant.KEY_EXCLUSIVE, settings);

    assertThat(report.excused()).containsExactly(entry("deadline", 1L));
  }

  @Test
  void aCrashEndsBothRunsOfARecordThatRunsTwice() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .started("m1", "orders-2", 38, "k7")
        .crashed("m1")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(report().violated()).isOne();
  }

  @Test
  void workThatStartsAfterTheRevokeIsNotExcusedByIt() {
    history
        .assigned("m1", "orders-2")
        .revoking("m1", "orders-2")
        .revoked("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(report().violated()).isOne();
  }

  @Test
  void aCrashEndsTheWork() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .crashed("m1")
        .started("m1", "orders-2", 39, "k7")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).isEmpty();
    assertThat(report().facts()).isEqualTo(2);
  }

  @Test
  void aMemberThatGetsThePartitionBackWhileTheKeyStillRunsIsNeverExcused() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .lost("m1", "session timeout", "orders-2")
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7");

    assertThat(History.messages(report()))
        .containsExactly(
            "key k7 of orders-2: offset 38 started at m1 while offset 38 was still running at m1");
    assertThat(report().excused()).isEmpty();
  }

  @Test
  void theSecondOfTwoRunsOfARecordStaysOpenWhenTheFirstEnds() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .ended("m1", "orders-2", 38, "k7")
        .started("m1", "orders-2", 41, "k7");

    assertThat(report().violated()).isEqualTo(2);
  }

  @Test
  void aRunWithoutWorkIsVacuous() {
    history.assigned("m1", "orders-2").finished();

    assertThat(report().vacuous()).isTrue();
  }

  @Test
  void whoWasNotAskedForAPartitionThatIsGivenAwayMayWorkOn() {
    history
        .assignedIn(1, "m1", "orders-2")
        .assignedIn(2, "m2", "orders-2")
        .started("m2", "orders-2", 38, "k7")
        .started("m1", "orders-2", 38, "k7")
        .ended("m2", "orders-2", 38, "k7")
        .revoking("m1", "orders-2")
        .started("m2", "orders-2", 39, "k7");

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsOnly(entry("given away without being asked", 2L));
  }

  @Test
  void whoWasAskedForAPartitionMayNotWorkOnWhenAnotherHasIt() {
    history
        .assignedIn(1, "m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .revoking("m1", "orders-2")
        .assignedIn(2, "m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(report().violated()).isOne();
  }

  @Test
  void whoHasGivenUpWhatWasGivenAwayMayNotWorkOn() {
    history
        .assignedIn(1, "m1", "orders-2")
        .assignedIn(2, "m2", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .revoking("m1", "orders-2")
        .revoked("m1", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    CheckSettings settings = CheckSettings.DEFAULT.withRevokeDeadline(Duration.ofMillis(30));
    assertThat(history.judgedBy(Invariant.KEY_EXCLUSIVE, settings).violated()).isOne();
  }

  @Test
  void thatAnotherPartitionIsAssignedLaterExcusesNothing() {
    history
        .assignedIn(1, "m1", "orders-2")
        .assignedIn(2, "m2", "orders-3")
        .started("m1", "orders-2", 38, "k7")
        .started("m2", "orders-3", 4, "k7");

    assertThat(report().violated()).isOne();
  }
}
