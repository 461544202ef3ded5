package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupStateTest {
  @ParameterizedTest
  @CsvSource({
    "EMPTY, PREPARING_REBALANCE DEAD",
    "PREPARING_REBALANCE, EMPTY COMPLETING_REBALANCE DEAD",
    "COMPLETING_REBALANCE, PREPARING_REBALANCE STABLE DEAD",
    "STABLE, PREPARING_REBALANCE DEAD",
    "DEAD, DEAD",
  })
  void leadsOnlyToItsSuccessors(GroupState state, String successors) {
    assertThat(GroupState.values())
        .filteredOn(state::canBecome)
        .extracting(Enum::name)
        .containsExactly(successors.split(" ", -1));
  }

  @Test
  void aGroupRefusesAnImpossibleTransition() {
    ClassicGroup group = new ClassicGroup("g");

    assertThatThrownBy(() -> group.transitionTo(GroupState.STABLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("EMPTY to STABLE");
  }
}
