package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.model.Interjections;
import io.heddle.scenarios.model.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MemberWatchTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);
  private static final Interjections ASKED =
      new Interjections(Duration.ofMillis(800), Duration.ofMillis(200));

  private long now;
  private final Promises promises = new Promises(() -> now);
  private final MemberWatch watch =
      new MemberWatch(
          new Marks(Map.of(), Set.of()),
          () -> now,
          Runnable::run,
          new InterjectionPromises(promises, Optional.of(ASKED)),
          new MemberDealings(
              new GivenUp(
                  item -> {}, new DeadLetters(promises), promises, Patience.DEFAULT, () -> now),
              promises,
              new OwnershipPromises(promises, 10),
              new AskedPromises(promises, false),
              MemberSurroundings.Interjected.NOBODY));

  @Test
  void interjectionsThatEndAreNoticedPartitionByPartition() {
    watch.activated(Set.of(P0, P1));
    now = Duration.ofSeconds(1).toNanos();
    watch.begun(P0);
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
    watch.begun(P0);
    now = Duration.ofSeconds(60).toNanos();

    assertThat(watch.overdue(ASKED)).isEmpty();
  }

  @Test
  void oneThatComesTooSoonBreaksThePromise() {
    watch.activated(Set.of(P0, P1));
    watch.begun(P0);
    watch.begun(P1);
    watch.ended(P1);
    now = Duration.ofMillis(600).toNanos();
    watch.begun(P0);
    assertThat(promises.broken()).isEmpty();

    watch.ended(P0);
    now = Duration.ofMillis(1_199).toNanos();
    watch.begun(P0);

    assertThat(promises.broken())
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.invariant()).isEqualTo("interjection-interval");
              assertThat(broken.message())
                  .isEqualTo(
                      "an interjection of t-0 came 599000 us after the last one, not 600000 at"
                          + " least");
            });
  }

  @Test
  void theDistanceIsCountedFromTheEndAndWithinOneOwnershipOnly() {
    watch.activated(Set.of(P0));
    watch.begun(P0);
    now = Duration.ofMillis(500).toNanos();
    watch.ended(P0);
    watch.willRevoke(Set.of(P0));
    watch.activated(Set.of(P0));
    now = Duration.ofMillis(501).toNanos();
    watch.begun(P0);
    assertThat(promises.broken()).isEmpty();

    now = Duration.ofMillis(700).toNanos();
    watch.ended(P0);
    now = Duration.ofMillis(1_201).toNanos();
    watch.begun(P0);
    assertThat(promises.broken()).hasSize(1);
  }
}
