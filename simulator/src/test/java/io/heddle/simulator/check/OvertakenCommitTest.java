package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Commits of transactions during which a position was set back, by {@link OwnerCommitChecker}. */
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
}
