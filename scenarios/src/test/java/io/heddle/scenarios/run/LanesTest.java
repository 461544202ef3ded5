package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {
  @Test
  void onlyTheFirstStageHasTheKeysOwnName() {
    assertThat(Lanes.stage("k7", 1)).isEqualTo("k7");
    assertThat(Lanes.isFirst(Lanes.stage("k7", 1))).isTrue();
    assertThat(Lanes.isFirst(Lanes.stage("k7", 3))).isFalse();
    assertThat(Lanes.isFirst(Lanes.finalizer("k7"))).isFalse();
    assertThat(Lanes.isFirst("a#b")).isTrue();
  }
}
