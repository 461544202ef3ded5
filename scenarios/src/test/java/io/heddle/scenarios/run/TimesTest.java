package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void countsInWordsWhereThatReadsBetter() {
    assertThat(Times.of("reached", 0)).isEqualTo("never reached");
    assertThat(Times.of("reached", 1)).isEqualTo("reached once");
    assertThat(Times.of("reached", 2)).isEqualTo("reached 2 times");
  }
}
