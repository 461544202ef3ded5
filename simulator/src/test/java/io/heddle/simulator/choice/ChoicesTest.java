package io.heddle.simulator.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoicesTest {
  private static List<Long> draw(Choices choices, String stream, int count) {
    List<Long> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(choices.stream(stream).below(1_000));
    }
    return drawn;
  }

  @Test
  void drawsTheSameForTheSameSeedAndOtherwiseForAnother() {
    assertThat(draw(new SeededChoices(1), "a", 20))
        .isEqualTo(draw(new SeededChoices(1), "a", 20))
        .isNotEqualTo(draw(new SeededChoices(2), "a", 20));
  }

  @Test
  void doesNotReshuffleAStreamWhenAnotherDrawsMore() {
    SeededChoices busy = new SeededChoices(1);
    List<Long> unused = draw(busy, "b", 1_000);

    assertThat(unused).hasSize(1_000);
    assertThat(draw(busy, "a", 20)).isEqualTo(draw(new SeededChoices(1), "a", 20));
  }

  @Test
  void staysBelowTheBoundAndReachesItsWholeRange() {
    Choices.Stream stream = new SeededChoices(3).stream("s");
    boolean[] reached = new boolean[7];
    for (int i = 0; i < 1_000; i++) {
      reached[(int) stream.below(7)] = true;
    }

    assertThat(reached).containsOnly(true);
    assertThat(stream.below(1)).isZero();
    assertThat(stream.below(1L << 62)).isBetween(0L, (1L << 62) - 1);
    assertThatThrownBy(() -> stream.below(0)).hasMessageContaining("was 0");
  }

  @Test
  void isTrueAsOftenAsItsProbabilitySays() {
    Choices.Stream stream = new SeededChoices(4).stream("s");
    long hits = java.util.stream.IntStream.range(0, 10_000).filter(i -> stream.chance(0.2)).count();

    assertThat(hits).isBetween(1_850L, 2_150L);
    assertThat(stream.chance(0)).isFalse();
    assertThat(stream.chance(1)).isTrue();
  }

  @Test
  void replaysWhatWasRecorded() {
    RecordingChoices recording = new RecordingChoices(new SeededChoices(5));
    List<Long> drawn = draw(recording, "a", 50);
    ReplayedChoices replay = new ReplayedChoices(recording.recording());

    assertThat(draw(replay, "a", 50)).isEqualTo(drawn);
    assertThat(replay.divergence()).isEmpty();
    assertThat(recording.recording().size()).isEqualTo(50);
  }

  @Test
  void takesThePlainestChoiceAndSaysWhereItDivergedWhenARecordingEnds() {
    RecordingChoices recording = new RecordingChoices(new SeededChoices(5));
    List<Long> drawn = draw(recording, "a", 2);
    ReplayedChoices replay = new ReplayedChoices(recording.recording());

    assertThat(draw(replay, "a", 3)).containsExactly(drawn.get(0), drawn.get(1), 0L);
    assertThat(replay.divergence())
        .hasValueSatisfying(where -> assertThat(where).contains("draw 2 of stream a"));
  }

  @Test
  void saysWhereItDivergedWhenTheBoundIsAnother() {
    Recording.Draws draws = new Recording.Draws();
    draws.add(9, 10);
    ReplayedChoices replay =
        new ReplayedChoices(new Recording(new java.util.TreeMap<>()).with("a", draws));

    assertThat(replay.stream("a").below(5)).isEqualTo(4);
    assertThat(replay.divergence())
        .hasValueSatisfying(
            where -> assertThat(where).contains("recorded below 10, asked below 5"));
  }
}
