package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.history.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObserverTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 2);

  private final List<Fact> facts = new ArrayList<>();
  private long now;
  private final RecordingObserver observer =
      new RecordingObserver(History.member("m1"), () -> now += 1_000_000, facts::add);
  private final PollLoopObserver loop = new PollLoopObserver(observer);

  private static ConsumerRecord<Object, String> record(long offset, @Nullable Object key) {
    return new ConsumerRecord<>("orders", 2, offset, key, "v");
  }

  private static ConsumerRecords<Object, String> polled(
      List<ConsumerRecord<Object, String>> records) {
    Map<TopicPartition, List<ConsumerRecord<Object, String>>> byPartition = new LinkedHashMap<>();
    byPartition.put(ORDERS, records);
    return new ConsumerRecords<>(byPartition, Map.of());
  }

  private List<String> seen() {
    return facts.stream()
        .map(fact -> FactFormat.line(fact).strip().replaceAll(" +", " "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .toList();
  }

  @Test
  void endedAlsoMeansCompleted() {
    observer.started(record(4, "a"), "a");
    observer.ended(record(4, "a"), "a");

    assertThat(seen())
        .containsExactly(
            "m1 started orders-2@4 a", "m1 ended orders-2@4 a", "m1 completed orders-2@4 a");
    assertThat(facts).extracting(Fact::atNanos).containsExactly(1_000_000L, 2_000_000L, 3_000_000L);
  }

  @Test
  void theEndOfTheWorkAndItsCompletionCanBeToldApart() {
    observer.started(ORDERS, 4, "a");
    observer.workEnded(record(4, "a"), "a");
    observer.completed(record(4, "a"), "a");

    assertThat(seen())
        .containsExactly(
            "m1 started orders-2@4 a", "m1 ended orders-2@4 a", "m1 completed orders-2@4 a");
  }

  @Test
  void workThatThrowsEndsIncomplete() {
    observer.processed(record(4, "a"), "a", () -> assertThat(facts).hasSize(1));
    assertThatThrownBy(
            () ->
                observer.processed(
                    record(5, "a"),
                    "a",
                    () -> {
                      throw new IllegalStateException("poison");
                    }))
        .hasMessage("poison");

    assertThat(seen())
        .containsExactly(
            "m1 started orders-2@4 a",
            "m1 ended orders-2@4 a",
            "m1 completed orders-2@4 a",
            "m1 started orders-2@5 a",
            "m1 ended orders-2@5 a");
  }

  @Test
  void theRecordsOfAPollAreWorkedOnUntilTheNextPoll() {
    loop.polled(polled(List.of(record(4, "a"), record(5, "b"))));
    assertThat(seen()).containsExactly("m1 started orders-2@4 a", "m1 started orders-2@5 b");
    facts.clear();

    loop.finishedAll();
    loop.polled(polled(List.of(record(6, "a"))));

    assertThat(seen())
        .containsExactly(
            "m1 ended orders-2@4 a",
            "m1 completed orders-2@4 a",
            "m1 ended orders-2@5 b",
            "m1 completed orders-2@5 b",
            "m1 started orders-2@6 a");
  }

  @Test
  void aKeyThatComesTwiceInAPollIsBusyThroughoutButWithOneRecordAtATime() {
    loop.polled(polled(List.of(record(4, "a"), record(5, "a"))));
    assertThat(seen()).containsExactly("m1 started orders-2@4 a");
    facts.clear();

    loop.polled(polled(List.of()));

    assertThat(seen())
        .containsExactly(
            "m1 ended orders-2@4 a",
            "m1 completed orders-2@4 a",
            "m1 started orders-2@5 a",
            "m1 ended orders-2@5 a",
            "m1 completed orders-2@5 a");
  }

  @Test
  void aCommitOfAnOffsetMeansThatWhatLiesBelowIsDone() {
    loop.polled(polled(List.of(record(4, "a"), record(5, "a"), record(6, "b"))));
    facts.clear();

    loop.finishedBelow(new TopicPartition("orders", 1), 9);
    loop.finishedBelow(ORDERS, 5);

    assertThat(seen())
        .containsExactly(
            "m1 ended orders-2@4 a", "m1 completed orders-2@4 a", "m1 started orders-2@5 a");
    facts.clear();
    loop.finishedAll();
    loop.finishedAll();
    assertThat(seen())
        .containsExactly(
            "m1 ended orders-2@5 a",
            "m1 completed orders-2@5 a",
            "m1 ended orders-2@6 b",
            "m1 completed orders-2@6 b");
  }

  @Test
  void aPlainPollLoopBreaksNoOrder() {
    loop.polled(polled(List.of(record(4, "a"), record(5, "b"), record(6, "a"), record(7, "a"))));
    loop.polled(polled(List.of(record(8, "b"), record(9, "a"))));
    loop.finishedAll();

    for (Invariant invariant : List.of(Invariant.KEY_ORDER, Invariant.KEY_EXCLUSIVE)) {
      CheckReport report = History.judge(facts, invariant.checker());
      assertThat(report.holds()).isTrue();
      assertThat(report.vacuous()).isFalse();
    }
  }

  @Test
  void keysAreTextAndRecordsWithoutAKeyHaveEachTheirOwn() {
    byte[] text = "é".getBytes(StandardCharsets.UTF_8);
    byte[] noText = {(byte) 0xff, 1};

    loop.polled(
        polled(
            List.of(
                record(4, text),
                record(5, noText),
                record(6, null),
                record(7, null),
                record(8, 12))));

    assertThat(seen())
        .containsExactly(
            "m1 started orders-2@4 é",
            "m1 started orders-2@5 0xff01",
            "m1 started orders-2@6 no key orders-2@6",
            "m1 started orders-2@7 no key orders-2@7",
            "m1 started orders-2@8 12");
  }
}
