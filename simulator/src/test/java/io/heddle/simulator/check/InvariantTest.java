package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InvariantTest {
  @Test
  void invariantsAreFoundByTheirNames() {
    assertThat(Invariant.labels())
        .containsExactly(
            "key-order",
            "key-exclusive",
            "commit-prefix",
            "owner-commit",
            "committed-once",
            "at-least-once",
            "exactly-once",
            "store",
            "progress");
    for (String label : Invariant.labels()) {
      Invariant invariant = Invariant.of(label);
      assertThat(invariant).hasToString(label);
      assertThat(invariant.checker().name()).isEqualTo(label);
      assertThat(invariant.checker().report().invariant()).isEqualTo(label);
      assertThat(invariant.description()).doesNotContain("\n").isNotBlank();
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearestOne() {
    assertThatThrownBy(() -> Invariant.of("key-ordr"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "unknown invariant 'key-ordr', did you mean 'key-order'? Known: key-order, ");
    assertThatThrownBy(() -> Invariant.of("Atleastonce")).hasMessageContaining("'at-least-once'?");
  }

  @Test
  void editsAreInsertionsDeletionsAndReplacements() {
    assertThat(NearestName.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestName.edits("", "abc")).isEqualTo(3);
    assertThat(NearestName.edits("abc", "abc")).isZero();
  }
}
