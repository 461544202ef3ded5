package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A coordinator removes a member, and the next one does not know of that. */
class ForgottenRemovalTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.OWNER_COMMIT);
  }

  @Test
  void whoHearsOfItsPartitionAfterItsRemovalHasItIfTheRemovalIsForgotten() {
    history
        .assignedIn(3, "m2", "orders-2")
        .revoking("m2", "orders-2")
        .revoked("m2", "orders-2")
        .removed("m1", 5, "orders-2")
        .assignedIn(5, "m1", "orders-2")
        .regained("m1", "orders-2")
        .committedIn(5, "m1", "orders-2", 5);

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).isEmpty();
  }

  @Test
  void whoHearsOfItsPartitionAfterItsRemovalHasItNotWhileAnotherHasIt() {
    history
        .removed("m1", 5, "orders-2")
        .assignedIn(6, "m2", "orders-2")
        .assignedIn(5, "m1", "orders-2")
        .regained("m1", "orders-2")
        .committedIn(5, "m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
  }

  @Test
  void whoHearsOfItsPartitionAfterItsRemovalHasItNotOnceAnotherHadIt() {
    history
        .removed("m1", 5, "orders-2")
        .assignedIn(6, "m2", "orders-2")
        .revoking("m2", "orders-2")
        .revoked("m2", "orders-2")
        .assignedIn(5, "m1", "orders-2")
        .regained("m1", "orders-2")
        .committedIn(5, "m1", "orders-2", 5);

    assertThat(report().violated()).isOne();
  }
}
