package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommittedOnceCheckerTest {
  private static final CheckSettings STRICT = CheckSettings.DEFAULT.withSeeksAreMeant(false);

  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.COMMITTED_ONCE);
  }

  private CheckReport strictly() {
    return history.judgedBy(Invariant.COMMITTED_ONCE, STRICT);
  }

  @Test
  void theNextOwnerMustNotBeginBelowWhatWasCommitted() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 3)
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 2, "k");

    assertThat(History.messages(report()))
        .containsExactly("orders-2: m2 works on offset 2 again, and 3 was committed");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 committed orders-2@3 - group g generation 1",
            "m2 assigned orders-2 - generation 1",
            "m2 started orders-2@2 k");
  }

  @Test
  void whatWasNotCommittedMayBeDoneAgain() {
    history
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 3, "k")
        .ended("m1", "orders-2", 3, "k")
        .committed("m1", "orders-2", 3)
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 3, "k");

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isEqualTo(2);
  }

  @Test
  void anOwnerThatDoesNotMeanItsSeeksMustNotGoBackBehindItsOwnCommit() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 5)
        .started("m1", "orders-2", 5, "k")
        .started("m1", "orders-2", 4, "k");

    assertThat(report().holds()).isTrue();
    assertThat(strictly().violated()).isOne();
  }

  @Test
  void whatAFormerOwnerCommitsLateIsNotHeldAgainstWhoOwnsThePartition() {
    history
        .assigned("m1", "orders-2")
        .assigned("m2", "orders-2")
        .committed("m1", "orders-2", 9)
        .started("m2", "orders-2", 4, "k");

    assertThat(report().holds()).isTrue();
  }

  @Test
  void afterACommittedOffsetWasSetBackItIsTheOneThatCounts() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 9)
        .assigned("m2", "orders-2")
        .committed("somebody", "orders-2", 4)
        .started("m2", "orders-2", 4, "k");
    assertThat(report().holds()).isTrue();

    history.started("m2", "orders-2", 3, "k");
    assertThat(report().violated()).isOne();
  }

  @Test
  void aSeekExcusesUnlessSeeksAreNotMeant() {
    history
        .committed("m1", "orders-2", 9)
        .assigned("m1", "orders-2")
        .sought("m1", "orders-2", 6)
        .started("m1", "orders-2", 6, "k");
    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsExactly(entry("sought", 1L));
    assertThat(strictly().violated()).isOne();

    history.started("m1", "orders-2", 5, "k");
    assertThat(report().violated()).isOne();
  }

  @Test
  void aSeekExcusesNobodyElseAndNotTheNextAssignment() {
    history
        .committed("m1", "orders-2", 9)
        .assigned("m1", "orders-2")
        .sought("m1", "orders-2", 6)
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 6, "k")
        .assigned("m1", "orders-2")
        .started("m1", "orders-2", 6, "k");

    assertThat(report().violated()).isEqualTo(2);
  }

  @Test
  void otherRecordsTakeTheOffsetsOfThoseThatWereCutOff() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 9)
        .truncated("orders-2", 4)
        .started("m1", "orders-2", 4, "k")
        .assigned("m2", "orders-2")
        .started("m2", "orders-2", 4, "k");

    assertThat(strictly().holds()).isTrue();
  }

  @Test
  void otherPartitionsAndWhoIsNeverAssignedAnythingAreNotJudged() {
    history
        .assigned("m1", "orders-2")
        .committed("m1", "orders-2", 9)
        .started("m1", "orders-1", 4, "k")
        .started("m2", "orders-2", 4, "k");

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isZero();
  }

  @Test
  void theDeadDoNoWork() {
    history
        .committed("m1", "orders-2", 9)
        .assigned("m1", "orders-2")
        .crashed("m1")
        .started("m1", "orders-2", 4, "k");

    assertThat(report().holds()).isTrue();
  }

  @Test
  void whatAnOwnerHadCommittedInAnEarlierGenerationMayBeAppliedLate() {
    TopicPartition partition = new TopicPartition("orders", 2);
    Member m1 = new Member("m1", 1);
    history
        .add(new Fact.Assigned(1, m1, 7, List.of(partition)))
        .add(new Fact.Committed(2, "g", m1, 6, partition, 9, -1, ""))
        .started("m1", "orders-2", 4, "k");
    assertThat(strictly().holds()).isTrue();

    history
        .add(new Fact.Committed(3, "g", m1, 7, partition, 9, -1, ""))
        .started("m1", "orders-2", 5, "k");
    assertThat(strictly().violated()).isOne();
  }
}
