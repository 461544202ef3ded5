package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a static member may do that another life has taken the place of, and what it may not. */
class FencedByATwinTest {
  private final History history = new History();

  private CheckReport keys() {
    return history.judgedBy(Invariant.KEY_EXCLUSIVE);
  }

  private CheckReport commits() {
    return history.judgedBy(Invariant.OWNER_COMMIT);
  }

  @Test
  void whoIsFencedByATwinMayWorkOnUntilItKnows() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .lost("m1", "fenced", "orders-2")
        .replaced("m1", "m1'2", 1)
        .assigned("m1'2", "orders-2")
        .started("m1'2", "orders-2", 38, "k7");

    assertThat(keys().holds()).isTrue();
    assertThat(keys().excused()).containsOnlyKeys("fenced");
  }

  @Test
  void aTwinThatFencesNobodyIsAsAnyOtherMember() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .assigned("m1'2", "orders-2")
        .started("m1'2", "orders-2", 38, "k7");

    assertThat(keys().violated()).isOne();
  }

  @Test
  void anAssignmentOnItsWayToWhoIsFencedByATwinIsExcused() {
    history
        .replaced("m1", "m1'2", 1)
        .assigned("m1'2", "orders-2")
        .started("m1'2", "orders-2", 38, "k7")
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7");

    assertThat(keys().holds()).isTrue();
    assertThat(keys().excused()).containsOnlyKeys("fenced");
  }

  @Test
  void anAssignmentOfALaterGenerationThanThatOfTheTwinCounts() {
    history
        .replaced("m1", "m1'2", 1)
        .assignedIn(2, "m1'2", "orders-2")
        .started("m1'2", "orders-2", 38, "k7")
        .assignedIn(2, "m1", "orders-2")
        .started("m1", "orders-2", 38, "k7");

    assertThat(keys().violated()).isOne();
  }

  @Test
  void whoTakesItsPlaceBackFromATwinIsTheOwnerAgain() {
    history
        .assigned("m1", "orders-2")
        .lost("m1", "fenced", "orders-2")
        .replaced("m1", "m1'2", 1)
        .replaced("m1'2", "m1", 1)
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 38, "k7")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 38, "k7");

    assertThat(keys().violated()).isOne();
  }

  @Test
  void theCommitOfWhoIsFencedByATwinIsReported() {
    history
        .assigned("m1", "orders-2")
        .lost("m1", "fenced", "orders-2")
        .replaced("m1", "m1'2", 1)
        .assigned("m1'2", "orders-2")
        .committed("m1'2", "orders-2", 3)
        .committed("m1", "orders-2", 4);

    assertThat(History.messages(commits()))
        .containsExactly(
            "orders-2: offset 4 was committed by m1, which had lost the partition (fenced)");
  }

  @Test
  void theCommitOfWhoHasTakenItsPlaceBackFromATwinCounts() {
    history
        .assigned("m1", "orders-2")
        .lost("m1", "fenced", "orders-2")
        .replaced("m1", "m1'2", 1)
        .assigned("m1'2", "orders-2")
        .lost("m1'2", "fenced", "orders-2")
        .replaced("m1'2", "m1", 1)
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 3);

    assertThat(commits().holds()).isTrue();
  }
}
