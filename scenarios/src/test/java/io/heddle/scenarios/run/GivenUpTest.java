package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.model.OnFailure;
import io.heddle.scenarios.model.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is promised of records that are taken back, and each way to break it. */
class GivenUpTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final Patience DEADLINE =
      Patience.DEFAULT.withJobDeadline(
          Optional.of(
              new Patience.Limit(Duration.ofMillis(2), OnFailure.Then.SKIP, Optional.empty())));

  private long now;
  private final List<Item> leftOut = new ArrayList<>();
  private final Promises promises = new Promises(() -> now);
  private final DeadLetters letters = new DeadLetters(promises);
  private final GivenUp givenUp = new GivenUp(leftOut::add, letters, promises, DEADLINE, () -> now);
  private final Item item = item(5);

  @Test
  void leavesOutARecordThatIsTakenBackInTime() {
    givenUp.accepted(item);
    now += 2_000_000;

    givenUp.skipped(P0, 5, true);

    assertThat(leftOut).containsExactly(item);
    assertThat(item.isTakenBack()).isTrue();
    assertThat(promises.broken()).isEmpty();
  }

  @Test
  void seesOneThatIsTakenBackTooSoon() {
    givenUp.accepted(item);
    now += 1_999_000;

    givenUp.skipped(P0, 5, true);

    assertThat(broken())
        .containsExactly(item.payload() + " was taken back after 1999 us, not 2000 at least");
  }

  @Test
  void seesOneThatIsTakenBackTwiceOrAfterItWasComplete() {
    givenUp.accepted(item);
    now += 2_000_000;
    givenUp.skipped(P0, 5, true);
    givenUp.deadLettered(P0, 5, true);
    Item other = item(6);
    givenUp.accepted(other);
    givenUp.completed(other);
    givenUp.skipped(P0, 6, true);

    assertThat(broken())
        .containsExactly(
            "t-0@5 was taken back, and nobody had it any more",
            "t-0@6 was taken back, and nobody had it any more");
    assertThat(leftOut).containsExactly(item);
  }

  @Test
  void seesOneThatIsCompletedAfterItWasTakenBack() {
    givenUp.accepted(item);
    now += 2_000_000;
    givenUp.skipped(P0, 5, true);

    givenUp.completed(item);

    assertThat(broken())
        .containsExactly(item.payload() + " was completed after the engine had taken it back");
  }

  @Test
  void hasNothingToSayOfInterjectionsAndOfWorkThatFailed() {
    givenUp.skipped(P0, -1, true);
    givenUp.failed(item);
    givenUp.skipped(P0, 5, false);

    assertThat(promises.broken()).isEmpty();
    assertThat(item.isTakenBack()).isFalse();
    assertThat(leftOut).containsExactly(item);
  }

  private List<String> broken() {
    return promises.broken().stream()
        .peek(each -> assertThat(each.invariant()).isEqualTo("taken-back"))
        .map(each -> each.message())
        .toList();
  }

  private static Item item(long offset) {
    byte[] value = new Payload(0, offset, "k", 0).encode(0);
    return Item.of(
        new ConsumerRecord<>("t", 0, offset, "k".getBytes(UTF_8), value), new KeyNames());
  }
}
