package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashOrderTest {
  @Test
  void itIsTheOrderOfTheHashTableOfTheJdk() {
    Random random = new Random(5);
    for (int size = 0; size < 60; size++) {
      List<String> words = new ArrayList<>();
      Map<String, Integer> table = new HashMap<>();
      while (table.size() < size) {
        String word = "assignor" + random.nextInt(10_000);
        if (table.put(word, size) == null) {
          words.add(word);
        }
      }

      assertThat(HashOrder.grown(words)).isEqualTo(List.copyOf(table.keySet()));
    }
  }

  @Test
  void ofOneSlotKafkasTableGivesTheLastFirst() {
    List<String> ids = List.of("QRhrclfH8i78pHk8byI4mA", "432rc6zpJs8cq1Dhevivcw");

    assertThat(HashOrder.timeline(ids, 2)).containsExactly(ids.get(1), ids.get(0));
    assertThat(HashOrder.timeline(List.of("range", "uniform"), 2))
        .containsExactly("uniform", "range");
  }
}
