package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OffsetMapTest {
  private final OffsetMap<String> map = new OffsetMap<>();

  @Test
  void agreesWithAPlainMapWhateverIsDoneToIt() {
    Random random = new Random(5);
    TreeMap<Long, String> plain = new TreeMap<>();
    for (int step = 0; step < 60_000; step++) {
      long base = random.nextInt(4) == 0 ? 1L << 40 : 0;
      // More pages than are at hand, so that they are left and come back to.
      long offset = base + random.nextInt(5_000);
      String value = "v" + step;
      switch (random.nextInt(4)) {
        case 0 -> assertThat(map.get(offset)).isEqualTo(plain.get(offset));
        case 1 -> assertThat(map.put(offset, value)).isEqualTo(plain.put(offset, value));
        default -> assertThat(map.remove(offset)).isEqualTo(plain.remove(offset));
      }
      if (step % 5_000 == 4_999) {
        assertThat(map.values()).containsExactlyElementsOf(plain.values());
        long from = base + 4_000 + random.nextInt(900);
        map.removeFrom(from);
        plain.tailMap(from, true).clear();
        assertThat(map.values()).containsExactlyElementsOf(plain.values());
      }
    }
    assertThat(plain).isNotEmpty();
  }

  @Test
  void whatWasEmptiedCanBeFilledAgain() {
    for (long offset = 0; offset < 10_000; offset++) {
      assertThat(map.put(offset, "once")).isNull();
      assertThat(map.remove(offset)).isEqualTo("once");
    }
    assertThat(map.values()).isEmpty();

    map.put(3, "a");
    map.put(9_999, "b");

    assertThat(map.values()).isEqualTo(List.of("a", "b"));
    assertThat(map.get(4)).isNull();
  }

  @Test
  void nothingIsLeftOfWhatWasCutOff() {
    map.put(7, "a");
    map.put(8, "b");
    map.put(5_000, "c");

    map.removeFrom(8);

    assertThat(map.values()).containsExactly("a");
    assertThat(map.get(5_000)).isNull();
    assertThat(map.put(5_000, "d")).isNull();
    assertThat(map.values()).containsExactly("a", "d");
  }
}
