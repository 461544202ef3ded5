package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoreCheckerTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.STORE, CheckSettings.DEFAULT.withTopics(List.of("orders")));
  }

  private List<String> messages() {
    return History.messages(report());
  }

  @Test
  void everyRecordOnceAndInOrderIsRight() {
    history.appended("orders-2", 0, 1, 4).stored("orders-2", "k7", 0L, 1L, 4L).finished();

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isEqualTo(1);
  }

  @Test
  void aRecordAppliedTwiceIsFound() {
    history.appended("orders-2", 0, 1).stored("orders-2", "k7", 0L, 1L, 1L);

    assertThat(messages())
        .containsExactly("orders-2: the entry of key k7 has offset 1 twice; it is made of 0, 1, 1");
  }

  @Test
  void anotherOrderIsFound() {
    history.appended("orders-2", 0, 1).stored("orders-2", "k7", 1L, 0L);

    assertThat(messages())
        .containsExactly(
            "orders-2: the entry of key k7 has offset 0 behind offset 1; it is made of 1, 0");
  }

  @Test
  void recordsOfNobodyAndOfOtherKeysAreFound() {
    history.appended("orders-2", 0).stored("orders-2", "k7", 7L).stored("orders-2", "other", 0L);

    assertThat(messages())
        .containsExactly(
            "orders-2: the entry of key k7 has offset 7, which was never appended; it is made of 7",
            "orders-2: the entry of key other has offset 0, which is of key k7; it is made of 0");
  }

  @Test
  void whatIsMissingIsFoundAtTheEnd() {
    history
        .appended("orders-1", 0)
        .appended("orders-2", 0, 1, 2)
        .stored("orders-2", "k7", 0L, 2L)
        .finished();

    assertThat(messages())
        .containsExactly(
            "orders-1: 1 of 1 records is in no entry of the store: offset 0",
            "orders-2: 1 of 3 records is in no entry of the store: offset 1");
  }

  @Test
  void whatWasRemovedMayBeThereOrNot() {
    history
        .appended("orders-2", 0, 1, 2)
        .removed("orders-2", 0, 2)
        .stored("orders-2", "k7", 1L, 2L)
        .finished();

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aLogThatLostItsTailExcuses() {
    history
        .appended("orders-2", 0, 1)
        .truncated("orders-2", 1)
        .appended("orders-2", 1)
        .stored("orders-2", "k7", 0L, 1L, 1L)
        .finished();

    assertThat(report().holds()).isTrue();
    assertThat(report().excused()).containsEntry("truncated log", 1L);
  }

  @Test
  void withoutAnEntryThereIsNothingToJudge() {
    history.appended("orders-2", 0).finished();

    assertThat(report().vacuous()).isTrue();
  }
}
