package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OffsetSetTest {
  private final OffsetSet set = new OffsetSet();

  @Test
  void agreesWithAPlainSetWhateverIsDoneToIt() {
    Random random = new Random(3);
    TreeSet<Long> plain = new TreeSet<>();
    for (int step = 0; step < 60_000; step++) {
      long base = random.nextInt(4) == 0 ? 1L << 40 : 0;
      long offset = base + random.nextInt(9_000);
      switch (random.nextInt(8)) {
        case 0, 1 -> assertThat(set.remove(offset)).isEqualTo(plain.remove(offset));
        case 2 -> assertThat(set.contains(offset)).isEqualTo(plain.contains(offset));
        case 3 ->
            assertThat(set.next(offset))
                .isEqualTo(Objects.requireNonNullElse(plain.ceiling(offset), -1L));
        default -> assertThat(set.add(offset)).isEqualTo(plain.add(offset));
      }
      if (step % 500 == 0) {
        assertThat(set.sizeBelow(offset)).isEqualTo(plain.headSet(offset).size());
      }
      if (step % 5_000 == 4_999) {
        set.removeRange(offset, offset + 700);
        plain.subSet(offset, offset + 700).clear();
      }
    }
    assertThat(set.size()).isEqualTo(plain.size());
    assertThat(set.sizeBelow(Long.MAX_VALUE)).isEqualTo(plain.size());
  }

  @Test
  void aPageWithoutHolesCanBeOpenedAgain() {
    for (long offset = 0; offset < 8_192; offset++) {
      set.add(offset);
    }
    assertThat(set.add(100)).isFalse();
    assertThat(set.next(4_095)).isEqualTo(4_095);
    assertThat(set.sizeBelow(4_200)).isEqualTo(4_200);

    assertThat(set.remove(100)).isTrue();

    assertThat(set.contains(100)).isFalse();
    assertThat(set.next(100)).isEqualTo(101);
    assertThat(set.sizeBelow(4_200)).isEqualTo(4_199);
  }

  @Test
  void anEmptySetHasNoFirstOffset() {
    set.add(7);
    set.remove(7);

    assertThat(set.first()).isEqualTo(-1);
    assertThat(set.size()).isZero();
  }
}
