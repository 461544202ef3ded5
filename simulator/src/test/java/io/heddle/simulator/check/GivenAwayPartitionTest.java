package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@link OwnerCommitChecker} says when a partition has two owners and neither is to blame. */
class GivenAwayPartitionTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.OWNER_COMMIT);
  }

  @Test
  void whoWasNotAskedForAPartitionThatIsGivenAwayMayCommitByItsEpoch() {
    history
        .assignedIn(1, "m1", "orders-2")
        .committedIn(1, "m1", "orders-2", 5)
        .assignedIn(2, "m2", "orders-2")
        .committedIn(2, "m2", "orders-2", 7)
        .committedIn(2, "m1", "orders-2", 6)
        .revoking("m1", "orders-2")
        .committedIn(2, "m1", "orders-2", 6);

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsEntry("given away without being asked", 2L);
  }

  @Test
  void whoWasNotAskedForAPartitionMayNotCommitItInATransaction() {
    history
        .assignedIn(1, "m1", "orders-2")
        .assignedIn(2, "m2", "orders-2")
        .pendingIn(2, "m1", "orders-2", 5)
        .committedIn(2, "m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
    assertThat(report().excused()).isEmpty();
  }

  @Test
  void whoWasAskedForAPartitionMayNotCommitOnceAnotherHasIt() {
    history
        .assignedIn(1, "m1", "orders-2")
        .revoking("m1", "orders-2")
        .assignedIn(2, "m2", "orders-2")
        .committedIn(2, "m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
  }

  @Test
  void whoWasNotAskedForAPartitionMayNotCommitItByAnEpochOfBefore() {
    history
        .assignedIn(1, "m1", "orders-2")
        .assignedIn(2, "m2", "orders-2")
        .committedIn(1, "m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
  }
}
