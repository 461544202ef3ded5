package io.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments));
  }

  @Test
  void readsWhatItKnows() {
    Options options = parse("--quick", "--only", "churn", "--only=hot-key", "--format", "json");

    assertThat(options)
        .isEqualTo(new Options(List.of(Workload.HOT_KEY, Workload.CHURN), true, true, false));
    assertThat(parse().json()).isFalse();
    assertThat(parse("--help").help()).isTrue();
  }

  @Test
  void leavesNothingOutUnlessAsked() {
    assertThat(parse().workloads()).containsExactly(Workload.values());
  }

  @Test
  void namesTheNearestOfWhatItDoesNotKnow() {
    assertThatThrownBy(() -> parse("--quik"))
        .hasMessage("the argument '--quik' is not known; did you mean '--quick'?");
    assertThatThrownBy(() -> parse("--only", "keys-10k-ms"))
        .hasMessage("the value of --only 'keys-10k-ms' is not known; did you mean 'keys-10k-1ms'?");
    assertThatThrownBy(() -> parse("--format", "jsn"))
        .hasMessage("the value of --format 'jsn' is not known; did you mean 'json'?");
    assertThatThrownBy(() -> parse("--format")).hasMessage("--format needs one of: json, table");
  }
}
