package io.heddle.campaign.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;

/** Chance for one trace. */
final class Draw {
  private final Random random;

  Draw(long seed, long index) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + index * 0xD1B54A32D192ED03L);
    // The first numbers of close seeds are close.
    this.random.nextLong();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True in one of so many cases. */
  boolean oneIn(int cases) {
    return below(cases) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** One of these words. */
  String word(String... words) {
    return words[below(words.length)];
  }

  /** At least one of them, each with the same chance. */
  <T> List<T> some(List<T> choices) {
    List<T> some = new ArrayList<>(choices);
    some.removeIf(each -> oneIn(2));
    return some.isEmpty() ? List.of(of(choices)) : some;
  }

  static List<TopicPartition> partitions(String topic, int count) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      partitions.add(new TopicPartition(topic, i));
    }
    return partitions;
  }
}
