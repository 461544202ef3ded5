package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Commits that were under way when a position was set back, by {@link OwnerCommitChecker}. */
class OvertakenCommitTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.OWNER_COMMIT);
  }

  @Test
  void whoWentBackBeforeItsTransactionEndedTakesBackWhatThatCommits() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 3)
        .pending("m1", "orders-2", 5)
        .sought("m1", "orders-2", 2)
        .committed("m1", "orders-2", 5)
        .pending("m1", "orders-2", 2)
        .committed("m1", "orders-2", 2);
    assertThat(report().holds()).isTrue();

    history.committed("m1", "orders-2", 1);
    assertThat(report().violated()).isOne();
  }

  @Test
  void whoAsksForACommitAfterItWentBackHasNothingToTakeBack() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 3)
        .pending("m1", "orders-2", 5)
        .sought("m1", "orders-2", 2)
        .pending("m1", "orders-2", 5)
        .committed("m1", "orders-2", 5)
        .committed("m1", "orders-2", 2);

    assertThat(report().violated()).isOne();
  }

  /**
   * It was under way when the topic was made anew, and says nothing about the one that is there.
   */
  @Test
  void whatWasCommittedOfADeletedTopicIsNothingToGoBackFrom() {
    history
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2, 3, 4)
        .committed("m1", "orders-2", 3)
        .deleted("orders-2")
        .sought("m1", "orders-2", 0)
        .committed("m1", "orders-2", 5)
        .appended("orders-2", 0, 1)
        .committed("m1", "orders-2", 2);
    assertThat(report().holds()).isTrue();

    history.committed("m1", "orders-2", 1);
    assertThat(report().violated()).isOne();
  }

  @Test
  void whatTheNewTopicHasIsNotOfTheDeletedOne() {
    history
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2)
        .deleted("orders-2")
        .sought("m1", "orders-2", 0)
        .appended("orders-2", 0, 1, 2)
        .committed("m1", "orders-2", 3)
        .committed("m1", "orders-2", 2);

    assertThat(report().violated()).isOne();
  }
}
