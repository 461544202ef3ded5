package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCodeTest {
  @ParameterizedTest
  @CsvSource({
    "key-order, 10",
    "at-least-once, 10",
    "progress, 11",
    "threshold:p99, 12",
    "unfired:pause, 13",
    "vacuous:key-order, 13",
    "unfired:x vacuous:y, 13",
    "unfired:x threshold:p99, 12",
    "vacuous:x threshold:p99 progress, 11",
    "unfired:x threshold:p99 progress key-order, 10",
    "threshold:a key-order, 10",
    "unfired:a progress, 11",
    "progress-of-another-name, 10",
    "key-order not-deterministic, 14"
  })
  void takesTheMostImportantViolationWhateverTheOrder(String names, int code) {
    List<String> forwards = Arrays.asList(names.split(" "));
    List<String> backwards = Arrays.asList(names.split(" "));
    Collections.reverse(backwards);

    assertThat(ExitCode.ofViolations(forwards).value()).isEqualTo(code);
    assertThat(ExitCode.ofViolations(backwards).value()).isEqualTo(code);
  }

  @Test
  void isZeroWithoutAViolation() {
    assertThat(ExitCode.ofViolations(List.of()).value()).isZero();
  }

  @Test
  void ordersTheCodesByImportance() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::value))
        .containsExactly(130, 70, 2, 14, 10, 11, 12, 13, 1, 0);
  }
}
