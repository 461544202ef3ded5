package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionStateTest {
  @ParameterizedTest
  @CsvSource({
    "EMPTY, EMPTY ONGOING PREPARE_ABORT DEAD",
    "ONGOING, ONGOING PREPARE_COMMIT PREPARE_ABORT PREPARE_EPOCH_FENCE",
    "PREPARE_COMMIT, COMPLETE_COMMIT",
    "PREPARE_ABORT, COMPLETE_ABORT",
    "COMPLETE_COMMIT, EMPTY ONGOING PREPARE_ABORT DEAD",
    "COMPLETE_ABORT, EMPTY ONGOING PREPARE_ABORT DEAD",
    "PREPARE_EPOCH_FENCE, PREPARE_ABORT",
  })
  void leadsOnlyToItsSuccessors(TransactionState state, String successors) {
    assertThat(TransactionState.values())
        .filteredOn(state::canBecome)
        .extracting(Enum::name)
        .containsExactly(successors.split(" ", -1));
  }

  @Test
  void nothingComesBackFromTheDead() {
    assertThat(TransactionState.values()).noneMatch(TransactionState.DEAD::canBecome);
  }

  @Test
  void aTransactionRefusesAnImpossibleTransition() {
    TransactionMetadata transaction = new TransactionMetadata("tx", 7);

    assertThatThrownBy(transaction::complete)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("EMPTY to COMPLETE_ABORT");
  }
}
