package io.heddle.simulator.check;

import static io.heddle.simulator.check.Invariant.AT_LEAST_ONCE;
import static io.heddle.simulator.check.Invariant.COMMITTED_ONCE;
import static io.heddle.simulator.check.Invariant.COMMIT_PREFIX;
import static io.heddle.simulator.check.Invariant.KEY_ORDER;
import static io.heddle.simulator.check.Invariant.OWNER_COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a log that loses records makes legal, and what stays a violation. */
class LostLogsTest {
  private final History history = new History();

  private History consumed() {
    return history
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2, 3)
        .processed("m1", "orders-2", "a", 0, 1, 2, 3)
        .committedInEpoch("m1", "orders-2", 4, 0);
  }

  @Test
  void aCommitOfTheLogAsItWasIsExcused() {
    consumed()
        .truncatedInEpoch("orders-2", 2, 1)
        .appended("orders-2", 2, 3, 4)
        .committedInEpoch("m1", "orders-2", 4, 0);

    assertThat(history.judgedBy(COMMIT_PREFIX).holds()).isTrue();
    assertThat(history.judgedBy(COMMIT_PREFIX).excused()).isNotEmpty();
    assertThat(history.judgedBy(OWNER_COMMIT).holds()).isTrue();
  }

  @Test
  void aCommitOfTheNewLogIsNot() {
    consumed()
        .truncatedInEpoch("orders-2", 2, 1)
        .appended("orders-2", 2, 3, 4)
        .committedInEpoch("m1", "orders-2", 4, 1);

    assertThat(history.judgedBy(COMMIT_PREFIX).violated()).isOne();
  }

  @Test
  void aCommitBelowTheCutIsNotEither() {
    history
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2)
        .truncatedInEpoch("orders-2", 2, 1)
        .committedInEpoch("m1", "orders-2", 2, 0);

    assertThat(history.judgedBy(COMMIT_PREFIX).violated()).isOne();
  }

  @Test
  void aMemberThatSaysNoEpochIsExcusedUntilItHasHeardOfTheLoss() {
    consumed()
        .truncated("orders-2", 2)
        .appended("orders-2", 2, 3, 4)
        .committed("m1", "orders-2", 4);
    assertThat(history.judgedBy(COMMIT_PREFIX).holds()).isTrue();

    history.sought("m1", "orders-2", 2).committed("m1", "orders-2", 4);
    assertThat(history.judgedBy(COMMIT_PREFIX).violated()).isOne();
  }

  @Test
  void aCommitWithoutEpochBehindTheEndIsOfRecordsThatWereLost() {
    consumed()
        .truncated("orders-2", 2)
        .sought("m1", "orders-2", 2)
        .committed("m1", "orders-2", 4)
        .committed("m1", "orders-2", 2);

    assertThat(history.judgedBy(OWNER_COMMIT).holds()).isTrue();
    assertThat(history.judgedBy(COMMIT_PREFIX).holds()).isTrue();
  }

  @Test
  void itIsNotOnceOthersHaveTakenTheirPlace() {
    consumed()
        .truncated("orders-2", 2)
        .sought("m1", "orders-2", 2)
        .appended("orders-2", 2, 3)
        .committed("m1", "orders-2", 4)
        .committed("m1", "orders-2", 2);

    assertThat(history.judgedBy(OWNER_COMMIT).violated()).isOne();
    assertThat(history.judgedBy(COMMIT_PREFIX).violated()).isOne();
  }

  @Test
  void itIsFoundOutWhenOthersTakeTheirPlace() {
    consumed()
        .truncated("orders-2", 2)
        .sought("m1", "orders-2", 2)
        .committed("m1", "orders-2", 4)
        .appended("orders-2", 2, 3);

    assertThat(history.judgedBy(COMMIT_PREFIX).violated()).isOne();
  }

  @Test
  void nothingIsLostWhereTheLogHasNeverReached() {
    consumed()
        .truncated("orders-2", 2)
        .sought("m1", "orders-2", 2)
        .committed("m1", "orders-2", 5)
        .committed("m1", "orders-2", 2);

    assertThat(history.judgedBy(OWNER_COMMIT).violated()).isOne();
  }

  @Test
  void whatAnotherLogHasLostIsNoExcuse() {
    consumed()
        .truncated("orders-1", 2)
        .committed("m1", "orders-2", 4)
        .committed("m1", "orders-2", 2);

    assertThat(history.judgedBy(OWNER_COMMIT).violated()).isOne();
  }

  @Test
  void anOwnerThatCannotAskMayBeginAnew() {
    history
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2, 3)
        .processed("m1", "orders-2", "a", 0, 1, 2, 3)
        .committed("m1", "orders-2", 4)
        .truncated("orders-2", 2)
        .assigned("m2", "orders-2")
        .committed("m2", "orders-2", 4)
        .started("m2", "orders-2", 0, "a")
        .committed("m2", "orders-2", 1);

    assertThat(history.judgedBy(OWNER_COMMIT).holds()).isTrue();
    assertThat(history.judgedBy(COMMITTED_ONCE).holds()).isTrue();

    history.committed("m2", "orders-2", 0);
    assertThat(history.judgedBy(OWNER_COMMIT).violated()).isOne();
  }

  @Test
  void anOwnerThatCanAskMayNot() {
    consumed()
        .truncatedInEpoch("orders-2", 2, 1)
        .assigned("m2", "orders-2")
        .committedInEpoch("m2", "orders-2", 1, 0);

    assertThat(history.judgedBy(OWNER_COMMIT).violated()).isOne();
  }

  @Test
  void anOwnerWhosePlaceIsStillThereMayNotEither() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 2)
        .truncated("orders-2", 2)
        .assigned("m2", "orders-2")
        .committed("m2", "orders-2", 1);

    assertThat(history.judgedBy(OWNER_COMMIT).violated()).isOne();
  }

  @Test
  void theCommitMayGoBackToWhereKafkaHasSetThePosition() {
    consumed().sought("m1", "orders-2", 1).committed("m1", "orders-2", 2);
    assertThat(history.judgedBy(OWNER_COMMIT).holds()).isTrue();

    history.sought("m1", "orders-2", 2).committed("m1", "orders-2", 1);
    assertThat(history.judgedBy(OWNER_COMMIT).violated()).isOne();
  }

  @Test
  void onlyTheOwnersPositionCounts() {
    consumed().sought("m2", "orders-2", 1).committed("m1", "orders-2", 2);

    assertThat(history.judgedBy(OWNER_COMMIT).violated()).isOne();
  }

  @Test
  void recordsThatWereCutOffAreNotLostAndThoseAfterThemAre() {
    history
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2)
        .processed("m1", "orders-2", "a", 0)
        .truncatedInEpoch("orders-2", 1, 1)
        .finished();
    assertThat(history.judgedBy(AT_LEAST_ONCE).holds()).isTrue();

    History worse = new History();
    worse
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1)
        .processed("m1", "orders-2", "a", 0)
        .truncatedInEpoch("orders-2", 1, 1)
        .appended("orders-2", 1)
        .finished();
    assertThat(worse.judgedBy(AT_LEAST_ONCE).violated()).isOne();
  }

  @Test
  void recordsBelowTheNewStartOfTheLogAreNotLostAndThoseBehindItAre() {
    history
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2)
        .removed("orders-2", 0, 2)
        .processed("m1", "orders-2", "a", 2)
        .finished();
    assertThat(history.judgedBy(AT_LEAST_ONCE).holds()).isTrue();

    History worse = new History();
    worse
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2)
        .removed("orders-2", 0, 2)
        .finished();
    assertThat(worse.judgedBy(AT_LEAST_ONCE).violated()).isOne();
  }

  @Test
  void aTopicThatWasMadeAnewMaySkipWhatLiesBelowTheOldEnd() {
    consumed().deleted("orders-2").appended("orders-2", 0, 1).finished();
    assertThat(history.judgedBy(AT_LEAST_ONCE).holds()).isTrue();

    History worse = new History();
    worse
        .assigned("m1", "orders-2")
        .appended("orders-2", 0)
        .processed("m1", "orders-2", "a", 0)
        .deleted("orders-2")
        .appended("orders-2", 0, 1)
        .finished();
    assertThat(worse.judgedBy(AT_LEAST_ONCE).violated()).isOne();
  }

  @Test
  void recordsMayComeAgainAfterThePositionWentBackAndNotBefore() {
    consumed()
        .truncatedInEpoch("orders-2", 2, 1)
        .started("m1", "orders-2", 3, "a")
        .ended("m1", "orders-2", 3, "a")
        .sought("m1", "orders-2", 2)
        .started("m1", "orders-2", 2, "a");
    assertThat(history.judgedBy(KEY_ORDER).holds()).isTrue();

    History worse = new History();
    worse
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 3, "a")
        .ended("m1", "orders-2", 3, "a")
        .started("m1", "orders-2", 2, "a");
    assertThat(worse.judgedBy(KEY_ORDER).violated()).isOne();
  }
}
