package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.result.RunResult.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnershipPromisesTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);

  private final Promises promises = new Promises(() -> 0);
  private final OwnershipPromises owned = new OwnershipPromises(promises, 3);
  private final MockConsumer<byte[], byte[]> mock = new MockConsumer<>("earliest");
  private final Consumer<byte[], byte[]> consumer = owned.watched(mock, records -> {});

  private List<String> broken() {
    return promises.broken().stream().map(Violation::invariant).toList();
  }

  private static Item item(long offset) {
    byte[] value = new Payload(0, offset, "k", 0).encode(0);
    return Item.of(new ConsumerRecord<>("t", 0, offset, new byte[0], value), new KeyNames());
  }

  private Item enter(TopicPartition partition, long offset) {
    Item item = item(offset);
    owned.entered(partition, item);
    return item;
  }

  @Test
  void whatIsCalledWhileAPartitionIsOwnedIsFine() {
    owned.assigned(Set.of(P0));
    Item item = enter(P0, 7);
    owned.goesOn(item, "work began");
    Ownership ownership = owned.interjected(P0);
    owned.goesOn(ownership);
    item.leaves();
    owned.revoked(Set.of(P0));

    assertThat(broken()).isEmpty();
  }

  @Test
  void aHandlerThatIsCalledForAPartitionThatNobodyAssignedIsNoticed() {
    enter(P0, 7);

    assertThat(broken()).containsExactly("after-revoked");
  }

  @Test
  void workOnARecordOfARevokedPartitionIsNoticed() {
    owned.assigned(Set.of(P0, P1));
    Item item = enter(P0, 7);
    Item other = enter(P1, 7);
    owned.revoked(Set.of(P0));
    owned.goesOn(other, "work went on");
    assertThat(broken()).isEmpty();

    owned.goesOn(item, "work went on");

    assertThat(promises.broken())
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.message())
                    .isEqualTo(
                        "work went on for "
                            + item.payload()
                            + " after its partition had been"
                            + " revoked"));
  }

  @Test
  void aHandlerAndAnInterjectionOfARevokedPartitionAreNoticed() {
    owned.assigned(Set.of(P0));
    Ownership ownership = owned.interjected(P0);
    owned.revoked(Set.of(P0));

    enter(P0, 7);
    assertThat(broken()).hasSize(1);
    owned.goesOn(ownership);
    assertThat(broken()).hasSize(2);
    Ownership never = owned.interjected(P1);
    assertThat(never.isOver()).isTrue();

    assertThat(broken()).hasSize(3).containsOnly("after-revoked");
  }

  @Test
  void anOldRecordIsNotMistakenForOneOfTheNextOwnership() {
    owned.assigned(Set.of(P0));
    Item old = enter(P0, 7);
    owned.revoked(Set.of(P0));
    owned.assigned(Set.of(P0));
    owned.goesOn(enter(P0, 7), "work began");
    assertThat(broken()).isEmpty();

    owned.goesOn(old, "work went on");

    assertThat(broken()).containsExactly("after-revoked");
  }

  @Test
  void ofTwoOwnershipsAtOnceWhichOneHasEndedIsOpenUntilBothHave() {
    owned.assigned(Set.of(P0));
    Item old = enter(P0, 7);
    owned.assigned(Set.of(P0));
    owned.revoked(Set.of(P0));
    owned.goesOn(old, "work went on");
    assertThat(broken()).isEmpty();

    owned.revoked(Set.of(P0));
    owned.goesOn(old, "work went on");

    assertThat(broken()).containsExactly("after-revoked");
  }

  @Test
  void aPartitionThatIsRevokedTwiceIsNoticed() {
    owned.assigned(Set.of(P0));
    owned.revoked(Set.of(P0));
    owned.revoked(Set.of(P0));

    assertThat(broken()).containsExactly("after-revoked");
  }

  private void poll(long... offsets) {
    for (long offset : offsets) {
      mock.addRecord(new ConsumerRecord<>("t", 0, offset, new byte[0], new byte[0]));
    }
    assertThat(consumer.poll(Duration.ZERO).count()).isEqualTo(offsets.length);
  }

  private void assign() {
    mock.assign(Set.of(P0));
    mock.updateBeginningOffsets(Map.of(P0, 0L));
    owned.assigned(Set.of(P0));
  }

  @Test
  void aPollOfAPartitionThatIsFullIsNoticed() {
    assign();
    poll(0, 1, 2);
    LongStream.range(0, 3).forEach(offset -> enter(P0, offset));
    assertThat(broken()).isEmpty();

    poll(3, 4);

    assertThat(promises.broken())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.invariant()).isEqualTo("in-flight");
              assertThat(each.message())
                  .isEqualTo(
                      "2 records of t-0 were polled while 3 were in flight, and max-in-flight is"
                          + " 3");
            });
  }

  @Test
  void onePollMayBringMoreThanTheLimitAndWhatIsCompleteMakesRoom() {
    assign();
    poll(0, 1, 2, 3, 4, 5);
    List<Item> items = new ArrayList<>();
    LongStream.range(0, 6).forEach(offset -> items.add(enter(P0, offset)));
    poll();
    items.subList(0, 4).forEach(Item::leaves);
    items.get(0).leaves();
    poll(6);

    assertThat(broken()).isEmpty();
  }

  @Test
  void whatIsReadAgainWasDroppedBefore() {
    assign();
    poll(0, 1, 2);
    LongStream.range(0, 3).forEach(offset -> enter(P0, offset));
    mock.seek(P0, 1);
    poll(1, 2);
    enter(P0, 1);
    poll(3);
    enter(P0, 2);
    enter(P0, 3);
    assertThat(broken()).isEmpty();

    poll(4);
    assertThat(broken()).containsExactly("in-flight");
  }

  @Test
  void theNextOwnershipBeginsEmpty() {
    assign();
    poll(0, 1, 2);
    LongStream.range(0, 3).forEach(offset -> enter(P0, offset));
    owned.revoked(Set.of(P0));
    owned.assigned(Set.of(P0));
    poll(3);

    assertThat(broken()).isEmpty();
  }

  @Test
  void soDoesOneThatBeginsWhileWorkOfTheLastOneRuns() {
    assign();
    poll(0, 1, 2);
    LongStream.range(0, 3).forEach(offset -> enter(P0, offset));
    owned.assigned(Set.of(P0));
    poll(3, 4, 5);
    LongStream.range(3, 6).forEach(offset -> enter(P0, offset));
    assertThat(broken()).isEmpty();

    poll(6);
    assertThat(broken()).containsExactly("in-flight");
  }

  @Test
  void whatTheConsumerThrowsIsThrownAsItIs() {
    mock.assign(Set.of(P0));
    mock.updateBeginningOffsets(Map.of(P0, 0L));
    mock.setPollException(new KafkaException("no"));

    assertThatThrownBy(() -> consumer.poll(Duration.ZERO))
        .isExactlyInstanceOf(KafkaException.class)
        .hasMessage("no");
  }
}
