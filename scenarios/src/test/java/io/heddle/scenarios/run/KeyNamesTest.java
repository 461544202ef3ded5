package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyNamesTest {
  private final KeyNames names = new KeyNames();

  @Test
  void isOneObjectForEachKey() {
    KeyNames.Name first = names.of("k1");

    assertThat(names.of(String.valueOf(new char[] {'k', '1'}))).isSameAs(first);
    assertThat(first).isEqualTo(new KeyNames.Name("k1", "k1#end"));
    assertThat(names.of("k2").key()).isEqualTo("k2");
  }

  @Test
  void goesOnWhenThereAreTooMany() {
    for (int i = 0; i < 100_001; i++) {
      assertThat(names.of("k" + i).key()).isEqualTo("k" + i);
    }

    assertThat(names.of("one more")).isEqualTo(names.of("one more"));
    assertThat(names.of("one more")).isNotSameAs(names.of("one more"));
    assertThat(names.of("k7")).isSameAs(names.of("k7"));
  }
}
