package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashTableTest {
  private final Random random = new Random(3);

  @Test
  void itGivesItsKeysAsTheHashTableOfTheJdkDoes() {
    for (int i = 0; i < 2_000; i++) {
      int capacity = random.nextInt(20);
      HashTable<Integer> table = HashTable.withCapacity(capacity);
      Map<Integer, Integer> jdks = new HashMap<>(capacity);
      for (int step = random.nextInt(30); step > 0; step--) {
        int key = random.nextInt(100);
        switch (random.nextInt(3)) {
          case 0 -> {
            table.put(key);
            jdks.put(key, key);
          }
          case 1 -> {
            table.compute(key);
            jdks.computeIfAbsent(key, it -> it);
          }
          default -> {
            table.remove(key);
            jdks.remove(key);
          }
        }

        assertThat(table.inOrder()).isEqualTo(List.copyOf(jdks.keySet()));
        assertThat(table.size()).isEqualTo(jdks.size());
      }
    }
  }

  /**
   * Like those of JDK 17, whatever runs the simulator, as seeds mean the same everywhere. From JDK
   * 19 on the table of a copy that fills three quarters of one exactly is half as large.
   */
  @Test
  void aCopyIsLikeTheJdks() {
    boolean older = Runtime.version().feature() < 19;
    for (int size = 0; size < 40; size++) {
      if (!older && (size == 12 || size == 24)) {
        continue;
      }
      List<Integer> keys = new ArrayList<>();
      while (keys.size() < size) {
        int key = random.nextInt(500);
        if (!keys.contains(key)) {
          keys.add(key);
        }
      }

      assertThat(HashTable.copyOf(keys).inOrder()).isEqualTo(List.copyOf(new HashSet<>(keys)));
    }
  }
}
