package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LogProgressTest {
  private static final TopicPartition LOG = new TopicPartition("orders", 0);
  private static final int EPOCH = 3;

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
          log.truncated(new Fact.Truncated(0, LOG, cut));
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
            assertThat(log.completed(some, EPOCH)).isEqualTo(complete.add(some));
          }
        }
      }
      assertThat(log.outstanding())
          .isEqualTo(live.stream().filter(offset -> !complete.contains(offset)).count());
    }
  }

  @Test
  void workOnALostRecordDoesNotCompleteTheOneThatTakesItsOffset() {
    for (long offset = 0; offset < 4; offset++) {
      log.appended(offset);
    }
    log.completed(0, EPOCH);
    log.truncated(new Fact.Truncated(0, LOG, 2, EPOCH + 1));

    assertThat(log.completed(3, EPOCH)).isFalse();
    assertThat(log.completed(1, EPOCH)).isTrue();
    log.appended(2);
    log.appended(3);
    assertThat(log.outstanding()).isEqualTo(2);

    assertThat(log.completed(3, EPOCH)).isFalse();
    assertThat(log.completed(3, EPOCH + 1)).isTrue();
    assertThat(log.completed(2, EPOCH + 1)).isTrue();
    assertThat(log.outstanding()).isZero();
  }

  @Test
  void aRecordOfAnyEpochIsCompletedIfItsEpochOrThatOfTheLossIsNotKnown() {
    log.appended(0);
    log.truncated(new Fact.Truncated(0, LOG, 0));
    log.appended(0);
    assertThat(log.completed(0, EPOCH)).isTrue();

    log.truncated(new Fact.Truncated(0, LOG, 0, EPOCH + 1));
    log.appended(0);
    assertThat(log.completed(0, -1)).isTrue();
    assertThat(log.outstanding()).isZero();
  }
}
