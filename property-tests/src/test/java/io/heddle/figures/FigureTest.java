package io.heddle.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each figure, with a hundredth of the work: what a round asserts must hold. */
class FigureTest {
  @ParameterizedTest
  @EnumSource
  void isOfWorkThatIsDone(Figure figure) throws Exception {
    assertThat(figure.round(true)).isPositive();
  }
}
