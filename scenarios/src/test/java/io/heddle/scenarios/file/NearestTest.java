package io.heddle.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private final List<String> known = List.of("partitions", "produce", "group", "apply-then-drop");

  @Test
  void findsANameDespiteALetterLeftOutAddedMistakenOrSwapped() {
    assertThat(Nearest.to("partitons", known)).contains("partitions");
    assertThat(Nearest.to("partitiions", known)).contains("partitions");
    assertThat(Nearest.to("partitiuns", known)).contains("partitions");
    assertThat(Nearest.to("partitinos", known)).contains("partitions");
  }

  @Test
  void ignoresCase() {
    assertThat(Nearest.to("Group", known)).contains("group");
  }

  @Test
  void findsTheNameThatStartsAlike() {
    assertThat(Nearest.to("apply", known)).contains("apply-then-drop");
  }

  @Test
  void findsNothingForAnotherWord() {
    assertThat(Nearest.to("handler", known)).isEmpty();
    assertThat(Nearest.to("p", known)).isEmpty();
    assertThat(Nearest.to("", known)).isEmpty();
    assertThat(Nearest.to("g".repeat(10_000), known)).isEmpty();
  }

  @Test
  void prefersTheNameWithFewerMistakes() {
    assertThat(Nearest.to("p9", List.of("p90", "p99"))).contains("p90");
    assertThat(Nearest.to("p98", List.of("p50", "p99"))).contains("p99");
  }

  @Test
  void listsAllNamesIfNoneIsNear() {
    assertThat(Nearest.hint("handler", List.of("a", "b"))).isEqualTo("known: a, b");
  }
}
