package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.model.Engine;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MemberWatchTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);
  private static final Engine.Interjections ASKED =
      new Engine.Interjections(Duration.ofMillis(800), Duration.ofMillis(200));

  private long now;
  private final MemberWatch watch = new MemberWatch(new Marks(Map.of()), () -> now, Runnable::run);

  @Test
  void interjectionsThatEndAreNoticedPartitionByPartition() {
    watch.activated(Set.of(P0, P1));
    now = Duration.ofSeconds(1).toNanos();
    watch.interjected(P0);
    now = Duration.ofSeconds(2).toNanos();
    assertThat(watch.overdue(ASKED)).isEmpty();

    now = Duration.ofMillis(2_001).toNanos();
    assertThat(watch.overdue(ASKED)).containsExactly("t-1 had no interjection for 2001 ms");
  }

  @Test
  void aPartitionThatIsGoneNeedsNone() {
    watch.activated(Set.of(P0, P1));
    watch.willRevoke(Set.of(P0));
    watch.lost(Set.of(P1));
    watch.interjected(P0);
    now = Duration.ofSeconds(60).toNanos();

    assertThat(watch.overdue(ASKED)).isEmpty();
  }
}
