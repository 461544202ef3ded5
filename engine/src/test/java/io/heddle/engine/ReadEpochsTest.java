package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadEpochsTest {
  private final ReadEpochs epochs = new ReadEpochs();

  private void read(long offset, int epoch) {
    epochs.read(offset, Optional.of(epoch));
  }

  @Test
  void tellsTheEpochOfWhatWasReadLastBelow() {
    read(3, 0);
    read(4, 0);
    read(7, 2);

    assertThat(epochs.below(3)).isEmpty();
    assertThat(epochs.below(4)).contains(0);
    assertThat(epochs.below(7)).contains(0);
    assertThat(epochs.below(8)).contains(2);
    assertThat(epochs.below(99)).contains(2);
  }

  @Test
  void forgetsWhatIsCutOff() {
    read(3, 0);
    read(7, 2);
    epochs.cutOff(7);
    assertThat(epochs.below(99)).contains(0);
    read(7, 4);
    assertThat(epochs.below(8)).contains(4);

    epochs.cutOff(3);
    assertThat(epochs.below(99)).isEmpty();
  }

  @Test
  void whereABrokerTellsNoneItIsNotThatOfWhatIsBefore() {
    read(3, 0);
    epochs.read(5, Optional.empty());

    assertThat(epochs.below(5)).contains(0);
    assertThat(epochs.below(6)).isEmpty();
  }

  @Test
  void keepsTheLatest() {
    for (int epoch = 0; epoch < 20; epoch++) {
      read(10L * epoch, epoch);
    }

    assertThat(epochs.below(40)).isEmpty();
    assertThat(epochs.below(41)).contains(4);
    assertThat(epochs.below(199)).contains(19);
  }
}
