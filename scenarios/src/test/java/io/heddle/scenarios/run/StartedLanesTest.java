package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartedLanesTest {
  private final StartedLanes started = new StartedLanes();

  @Test
  void agreesWithAPlainSet() {
    Random random = new Random(11);
    Set<List<Object>> plain = new HashSet<>();
    // The last lane's hash is 0.
    List<String> lanes = List.of("k7", "k7#2", "k7#3", "k7#end", "");
    for (int step = 0; step < 20_000; step++) {
      TopicPartition partition = new TopicPartition("orders", random.nextInt(2));
      long offset = (random.nextInt(4) == 0 ? 1L << 40 : 0) + random.nextInt(3_000);
      String lane = lanes.get(random.nextInt(lanes.size()));
      assertThat(started.add(partition, offset, lane))
          .isEqualTo(plain.add(List.of(partition, offset, lane)));
    }
  }
}
