package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LogProgressTest {
  private final LogProgress log = new LogProgress();

  @Test
  void countsWhatIsLiveAndNotCompleteWhateverHappens() {
    Random random = new Random(2);
    TreeSet<Long> live = new TreeSet<>();
    TreeSet<Long> complete = new TreeSet<>();
    long end = 0;
    for (int step = 0; step < 5_000; step++) {
      long some = random.nextInt((int) end + 1);
      switch (random.nextInt(40)) {
        case 0 -> {
          log.removed(some, some + 5);
          live.subSet(some, some + 5).clear();
        }
        case 1 -> {
          long cut = Math.max(some, end - 20);
          log.truncated(cut, false);
          live.tailSet(cut, true).clear();
          complete.tailSet(cut, true).clear();
          end = Math.min(end, cut);
        }
        default -> {
          if (random.nextBoolean()) {
            log.appended(end);
            live.add(end++);
          } else {
            // Also what is not in the log yet: outside the simulator a producer can hear late.
            assertThat(log.completed(some)).isEqualTo(complete.add(some));
          }
        }
      }
      assertThat(log.outstanding())
          .isEqualTo(live.stream().filter(offset -> !complete.contains(offset)).count());
    }
  }
}
